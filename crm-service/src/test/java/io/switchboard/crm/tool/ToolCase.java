package io.switchboard.crm.tool;

import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Colleagues;
import io.switchboard.crm.Organizations;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** An organization in Berlin with one person, open every day from 9 to 17, and what voice-service asks of its tools. */
abstract class ToolCase {
    static final String PHONE = "+15555550142";

    final UUID acme = UUID.randomUUID();
    final Caller voice = Caller.service("voice-service", acme);
    final LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(5);
    Caller ada;

    @BeforeEach
    void open() {
        ada = Colleagues.joined("admin", acme);
        Organizations.open(acme, "Europe/Berlin", "09:00", "17:00");
    }

    Response use(String tool, String key, Object arguments) {
        return voice.request().header("Idempotency-Key", key).body(arguments).post("/internal/tools/" + tool);
    }

    Response use(String tool, Object arguments) {
        return use(tool, UUID.randomUUID().toString(), arguments);
    }

    ValidatableResponse result(String tool, Object arguments) {
        return use(tool, arguments).then().statusCode(200).body("result", notNullValue());
    }

    ValidatableResponse error(String tool, Object arguments) {
        return use(tool, arguments).then().statusCode(200).body("error", notNullValue());
    }

    /** Local, as a model gives it. */
    String at(String time) {
        return day + "T" + time;
    }

    Map<String, Object> booking(String phone, String time) {
        return new HashMap<>(
                Map.of("phone", phone, "serviceType", "Cleaning", "scheduledAt", at(time), "durationMinutes", 30));
    }

    String booked(String phone, String time) {
        return result("book_appointment", booking(phone, time)).extract().path("data.appointmentId");
    }

    Sql app() {
        return Sql.app(acme, ada.id(), "admin");
    }
}
