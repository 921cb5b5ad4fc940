package io.switchboard.crm.tool;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.crm.Organizations;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appointments that are booked, moved and cancelled during a call. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BookingToolsTest extends ToolCase {
    @Test
    void a_booking_says_when_and_with_whom() {
        var id = result("book_appointment", booking(PHONE, "10:00"))
                .body(
                        "result",
                        matchesPattern("Booked: Cleaning on \\w+, \\w+ \\d+, \\d+ at 10:00 AM, 30 minutes, with Jo\\."))
                .body("data.spoken", endsWith("at 10:00 AM"))
                .body("data.durationMinutes", is(30))
                .body("data.assigneeName", is("Jo"))
                .extract()
                .<String>path("data.appointmentId");
        assertEquals(
                "10:00:00 " + ada.id(),
                app().value("select (scheduled_at at time zone 'Europe/Berlin')::time || ' ' || assignee_id"
                        + " from appointments where id = '" + id + "'"));
        assertEquals("booked", app().value("select lead_status from contacts where phone = '" + PHONE + "'"));
        ada.get("/api/notifications").then().body("items.type", contains("appointment_booked"));
    }

    @Test
    void a_name_fills_a_gap_of_the_contact() {
        var named = booking(PHONE, "10:00");
        named.put("name", "Ada Lovelace");
        result("book_appointment", named);
        named.put("scheduledAt", at("11:00"));
        named.put("name", "Somebody Else");
        result("book_appointment", named);
        assertEquals(List.of("Ada Lovelace"), app().column("select name from contacts"));
    }

    @Test
    void a_taken_time_is_refused_with_alternatives() {
        booked(PHONE, "10:00");
        error("book_appointment", booking("+15555550143", "10:00"))
                .body("error", containsString("10:00 AM is not available. Free instead: "))
                .body("error", containsString("9:30 AM; "))
                .body("error", containsString("; or "))
                .body("data.alternatives", hasSize(3))
                .body("data.alternatives[0].spoken", endsWith("at 9:00 AM"))
                .body("data.alternatives[2].spoken", endsWith("at 10:30 AM"));
        assertEquals(1, app().number("select count(*) from contacts"), "nothing of a refused booking stays");
    }

    @ParameterizedTest
    @ValueSource(strings = {"08:30", "16:45", "17:00", "10:10", "03:00"})
    void only_times_on_offer_are_booked(String time) {
        error("book_appointment", booking(PHONE, time)).body("data.alternatives", hasSize(3));
        assertEquals(0, app().number("select count(*) from appointments"));
    }

    @Test
    void past_and_distant_times_are_refused() {
        for (var time : List.of("2020-01-01T10:00", "2099-12-31T10:00", "0001-01-01T10:00", "9999-12-31T23:59")) {
            var wish = booking(PHONE, "10:00");
            wish.put("scheduledAt", time);
            error("book_appointment", wish).body("data.alternatives", hasSize(3));
        }
    }

    @Test
    void without_a_free_person_nothing_is_offered() {
        var globex = UUID.randomUUID();
        Organizations.open(globex, "UTC", "09:00", "17:00");
        Caller.service("voice-service", globex)
                .post("/internal/tools/book_appointment", booking(PHONE, "10:00"))
                .then()
                .statusCode(200)
                .body("error", endsWith("is not available, and no other time is free at the moment."))
                .body("data", nullValue());
    }

    @Test
    void a_repeated_call_books_once() {
        var key = "call-1:tool-1";
        var first = use("book_appointment", key, booking(PHONE, "10:00")).asString();
        use("book_appointment", key, booking(PHONE, "10:00"))
                .then()
                .statusCode(200)
                .header("Idempotent-Replayed", is("true"))
                .body(is(first));
        use("book_appointment", key, booking(PHONE, "11:00")).then().statusCode(422);
        assertEquals(1, app().number("select count(*) from appointments"));
    }

    @Test
    void an_error_is_not_kept() {
        var other = booked("+15555550143", "10:00");
        var key = UUID.randomUUID().toString();
        use("book_appointment", key, booking(PHONE, "10:00")).then().body("result", nullValue());
        result("cancel_appointment", Map.of("appointmentId", other));
        use("book_appointment", key, booking(PHONE, "10:00")).then().body("error", nullValue());
    }

    @Test
    void an_appointment_is_moved_to_a_free_time() {
        var id = booked(PHONE, "10:00");
        result("reschedule_appointment", Map.of("appointmentId", id, "scheduledAt", at("11:30")))
                .body("result", matchesPattern("Moved: Cleaning is now on .* at 11:30 AM, 30 minutes, with Jo\\."));
        result("reschedule_appointment", Map.of("appointmentId", id, "scheduledAt", at("11:30")));
        result(
                "reschedule_appointment",
                Map.of("appointmentId", id, "scheduledAt", at("11:00"), "durationMinutes", "60"));
        assertEquals(2, app().number("select sequence from appointments where id = '" + id + "'"));
        booked("+15555550143", "10:00");
        error("reschedule_appointment", Map.of("appointmentId", id, "scheduledAt", at("10:00")))
                .body("data.alternatives", hasSize(3));
    }

    @Test
    void a_moved_appointment_goes_to_whoever_is_free() {
        var id = booked(PHONE, "10:00");
        var eve = Colleagues.joined("agent", acme);
        var person = "select assignee_id from appointments where id = '" + id + "'";
        result("reschedule_appointment", Map.of("appointmentId", id, "scheduledAt", at("12:00")));
        assertEquals(ada.id().toString(), app().value(person));
        app().run(
                        ("insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, assignee_id)"
                                        + " select org_id, contact_id, 'x', scheduled_at + interval '1 hour', 60, assignee_id from appointments"
                                        + " where id = '%s'")
                                .formatted(id));
        result("reschedule_appointment", Map.of("appointmentId", id, "scheduledAt", at("13:30")));
        assertEquals(eve.id().toString(), app().value(person));
    }

    @Test
    void an_appointment_is_cancelled_with_a_reason() {
        var id = booked(PHONE, "10:00");
        result("cancel_appointment", Map.of("appointmentId", id, "reason", "On holiday"))
                .body("result", startsWith("Cancelled: Cleaning on "))
                .body("data.status", is("cancelled"));
        assertEquals(
                "Cancelled in a call: On holiday",
                app().value("select notes from appointments where id = '" + id + "'"));
        error("cancel_appointment", Map.of("appointmentId", id))
                .body("error", is("That appointment is cancelled already."));
        error("reschedule_appointment", Map.of("appointmentId", id, "scheduledAt", at("11:00")))
                .body("error", is("That appointment is cancelled already."));
    }

    @Test
    void unknown_and_foreign_appointments_are_the_same() {
        var globex = Colleagues.joined("admin", UUID.randomUUID());
        Organizations.open(globex.orgId(), "UTC", "09:00", "17:00");
        var foreign = booked(PHONE, "10:00");
        for (var tool : List.of("cancel_appointment", "reschedule_appointment")) {
            for (var id : List.of(foreign, UUID.randomUUID().toString(), "7", "")) {
                Caller.service("voice-service", globex.orgId())
                        .post("/internal/tools/" + tool, Map.of("appointmentId", id, "scheduledAt", at("11:00")))
                        .then()
                        .statusCode(200)
                        .body("error", is("I do not know that appointment. Look the contact up to find its id."));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%sT10:00",
                "%s 10:00",
                "%sT10:00:00",
                "%s 10:00 AM",
                "%s at 10 a.m.",
                "%s, 10:00\u202fam",
                "%sT09:00Z"
            })
    void times_are_read_in_many_forms(String form) {
        Organizations.open(acme, form.endsWith("Z") ? "Etc/GMT-1" : "Europe/Berlin", "09:00", "17:00");
        var wish = booking(PHONE, "10:00");
        wish.put("scheduledAt", form.formatted(day));
        result("book_appointment", wish).body("data.spoken", endsWith("at 10:00 AM"));
    }

    @Test
    void what_the_tools_say_they_understand() {
        var spoken =
                result("book_appointment", booking(PHONE, "15:30")).extract().<String>path("data.spoken");
        var id = booked("+15555550143", "10:00");
        error("reschedule_appointment", Map.of("appointmentId", id, "scheduledAt", spoken))
                .body("error", startsWith(spoken + " is not available."));
    }
}
