package io.switchboard.crm.tool;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an assistant is told of a caller before it speaks. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactContextTest extends ToolCase {
    @Test
    void an_unknown_number_is_no_error() {
        context(voice, PHONE).body("contactId", nullValue()).body("isBlocked", is(false));
    }

    @Test
    void a_contact_has_a_name_an_appointment_and_tickets() {
        var contact = result("upsert_contact", Map.of("phone", PHONE, "name", "Ada Lovelace"))
                .extract()
                .<String>path("data.contactId");
        booked(PHONE, "10:00");
        result("open_ticket", Map.of("phone", PHONE, "title", "Wrong bill", "description", "It is twice as much."));
        context(voice, PHONE)
                .body("contactId", is(contact))
                .body("name", is("Ada Lovelace"))
                .body("nextAppointment", startsWith("Cleaning on "))
                .body("openTickets", is(1));
        context(Caller.service("voice-service", UUID.randomUUID()), PHONE).body("contactId", nullValue());
    }

    @Test
    void a_blocked_contact_is_told_as_such() {
        ada.post("/api/contacts", Map.of("phone", PHONE, "isBlocked", true))
                .then()
                .statusCode(201);
        context(voice, PHONE).body("isBlocked", is(true));
    }

    @Test
    void a_number_is_asked_for() {
        voice.get("/internal/contact-context").then().statusCode(400).body("type", endsWith("invalid_filter"));
    }

    private ValidatableResponse context(Caller service, String phone) {
        return service.request()
                .queryParam("phone", phone)
                .get("/internal/contact-context")
                .then()
                .statusCode(200);
    }
}
