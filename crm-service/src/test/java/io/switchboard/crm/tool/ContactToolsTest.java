package io.switchboard.crm.tool;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an assistant learns and notes of whom it talks to, and which times are free. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactToolsTest extends ToolCase {
    @Test
    void an_unknown_number_is_a_result() {
        result("lookup_contact", Map.of("phone", PHONE))
                .body("result", is("This number is not known yet."))
                .body("data.found", is(false))
                .body("data.name", nullValue())
                .body("data.nextAppointment", nullValue());
    }

    @Test
    void a_known_number_has_a_name_and_its_next_appointment() {
        var wish = booking(PHONE, "11:00");
        wish.put("name", "Ada Lovelace");
        result("book_appointment", wish);
        var next = booked(PHONE, "10:00");
        booked("+15555550143", "09:00");
        result("lookup_contact", Map.of("phone", "+1 (555) 555-0142"))
                .body("result", startsWith("Ada Lovelace. Next appointment: Cleaning on "))
                .body("data.found", is(true))
                .body("data.name", is("Ada Lovelace"))
                .body("data.openTickets", hasSize(0))
                .body("data.nextAppointment.appointmentId", is(next))
                .body("data.nextAppointment.spoken", endsWith("at 10:00 AM"));
        result("cancel_appointment", Map.of("appointmentId", next));
        result("lookup_contact", Map.of("phone", PHONE)).body("data.nextAppointment.spoken", endsWith("at 11:00 AM"));
    }

    @Test
    void the_last_call_is_the_one_before_this_one() {
        var contact = result("upsert_contact", Map.of("phone", PHONE, "name", "Ada"))
                .extract()
                .<String>path("data.contactId");
        var current = UUID.randomUUID();
        var calls = new JsonObject()
                .put(
                        "items",
                        new JsonArray()
                                .add(call(current, "2026-01-02T10:00:00Z", "Now"))
                                .add(call(UUID.randomUUID(), "2026-01-01T10:00:00Z", "Asked for an offer.")));
        PeerRequests.answer("/internal/calls", 200, calls.encode(), contact);
        result("lookup_contact", Map.of("phone", PHONE, "callId", current.toString()))
                .body("result", endsWith("Last call: Thursday, January 1, 2026 at 11:00 AM."))
                .body("data.lastCall.summary", is("Asked for an offer."));
        result("lookup_contact", Map.of("phone", PHONE)).body("data.lastCall.summary", is("Now"));
        PeerRequests.answer("/internal/calls", 503, "{}", contact);
        result("lookup_contact", Map.of("phone", PHONE))
                .body("data.name", is("Ada"))
                .body("data.lastCall", nullValue());
        PeerRequests.answer("/internal/calls", 200, calls.encode(), contact, "delay", 1_500);
        result("lookup_contact", Map.of("phone", PHONE))
                .body("data.name", is("Ada"))
                .body("data.lastCall", nullValue());
        PeerRequests.answerAsUsual(contact);
    }

    @Test
    void a_contact_is_added_and_changed() {
        var phone = "+12125550142";
        var id = result("upsert_contact", Map.of("phone", "(212) 555-0142", "name", "Ada"))
                .body("result", is("Saved: Ada."))
                .extract()
                .<String>path("data.contactId");
        var more = Map.of(
                "phone",
                phone,
                "name",
                "Ada King",
                "email",
                "ada@example.com",
                "notes",
                "Has a dog.",
                "lead_score",
                "Hot");
        result("upsert_contact", more).body("data.contactId", is(id));
        result("upsert_contact", more);
        result("upsert_contact", Map.of("phone", phone, "name", "unknown", "notes", "Prefers mornings."));
        ada.get("/api/contacts/" + id)
                .then()
                .body("name", is("Ada King"))
                .body("phone", is(phone))
                .body("email", is("ada@example.com"))
                .body("leadScore", is("hot"))
                .body("notes", is("Has a dog.\nPrefers mornings."));
        ada.get("/api/notifications").then().body("items.type", is(List.of("hot_lead")));
    }

    @Test
    void a_withheld_number_is_asked_for() {
        for (var tool : List.of("lookup_contact", "upsert_contact")) {
            for (var phone : List.of("anonymous", "+266696687", "Unknown")) {
                error(tool, Map.of("phone", phone)).body("error", startsWith("That number is withheld."));
            }
            error(tool, Map.of()).body("error", is("I need a phone number for that."));
        }
    }

    @Test
    void free_times_are_said_in_local_time() {
        booked(PHONE, "09:00");
        result("check_availability", Map.of("from", day.toString(), "to", day.toString(), "durationMinutes", 60))
                .body("result", startsWith("Free: "))
                .body("result", containsString("at 9:30 AM; "))
                .body("result", containsString("; and "))
                .body("result", endsWith("There are more."))
                .body("data.slots", hasSize(10))
                .body("data.slots[0].spoken", endsWith("at 9:30 AM"))
                .body("data.slots[0].end", notNullValue());
        result("check_availability", Map.of("from", at("16:00"), "to", at("17:00"), "durationMinutes", "60"))
                .body("result", endsWith("at 4:00 PM."))
                .body("data.slots", hasSize(1));
    }

    @Test
    void nothing_free_is_a_result_with_alternatives() {
        result("check_availability", Map.of("from", at("17:30"), "to", at("18:00"), "durationMinutes", 30))
                .body("result", startsWith("Nothing is free then. The nearest free times are "))
                .body("data.slots", hasSize(0))
                .body("data.alternatives", hasSize(3))
                .body("data.alternatives[2].spoken", endsWith("at 4:30 PM"));
    }

    @Test
    void a_week_from_now_is_meant_where_nothing_is_said() {
        result("check_availability", Map.of()).body("data.slots", hasSize(10));
        result("check_availability", Map.of("to", "2099-01-01")).body("data.slots", hasSize(10));
    }

    @Test
    void a_kept_answer_goes_with_the_person() {
        var key = UUID.randomUUID().toString();
        var about = Map.of("phone", PHONE, "name", "Ada");
        var contact = use("upsert_contact", key, about).then().extract().<String>path("data.contactId");
        ada.post("/api/contacts/" + contact + "/erase", Map.of()).then().statusCode(202);
        use("upsert_contact", key, about).then().statusCode(409).body("type", endsWith("answer_erased"));
        assertEquals(0, app().number("select count(*) from contacts"));
    }

    private static JsonObject call(UUID id, String startedAt, String summary) {
        return new JsonObject()
                .put("id", id.toString())
                .put("direction", "inbound")
                .put("startedAt", startedAt)
                .put("summary", summary);
    }
}
