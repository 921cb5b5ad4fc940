package io.switchboard.crm.appointment;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AppointmentResourceTest {
    private static final String TEN = "2030-05-06T10:00:00Z";

    final Caller globex = Caller.adminOfNewOrg();
    Caller admin;
    Caller ada;
    String contact;

    @BeforeEach
    void join() {
        admin = Colleagues.joined("admin", UUID.randomUUID());
        ada = Colleagues.joined("agent", admin.orgId());
        contact = admin.post("/api/contacts", Map.of("name", "Grace Hopper")).path("id");
    }

    @Test
    void a_booking_is_shown_as_it_was_made() {
        var booked = ada.post("/api/appointments", form("notes", "First visit.", "assigneeId", ada.id()))
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .header("ETag", is("\"0\""))
                .body("contactId", is(contact))
                .body("serviceType", is("Cleaning"))
                .body("scheduledAt", is(TEN))
                .body("durationMinutes", is(30))
                .body("endsAt", is("2030-05-06T10:30:00Z"))
                .body("assigneeId", is(ada.id().toString()))
                .body("status", is("pending"))
                .body("calendarLink", nullValue())
                .body("confirmationSent", is(false))
                .body("notes", is("First visit."))
                .body("deletedAt", nullValue())
                .body("createdAt", notNullValue())
                .body("updatedAt", notNullValue());
        String id = booked.extract().path("id");
        assertEquals(
                booked.extract().<Map<String, ?>>path(""),
                admin.get("/api/appointments/" + id).path(""));
        globex.get("/api/appointments/" + id).then().statusCode(404).body("type", endsWith("appointment_not_found"));
    }

    @Test
    void a_booking_names_a_contact_and_an_active_colleague() {
        refused("contactId", form("contactId", UUID.randomUUID()));
        refused(
                "contactId",
                form(
                        "contactId",
                        globex.post("/api/contacts", Map.of("name", "Eve")).path("id")));
        for (var nobody : List.of(
                Caller.agentOfNewOrg(),
                Colleagues.left("agent", admin.orgId()),
                Colleagues.joined("customer", admin.orgId()),
                Colleagues.joined("agent", UUID.randomUUID()))) {
            PeerRequests.answer("/internal/members/" + nobody.id(), 404);
            refused("assigneeId", form("assigneeId", nobody.id()));
        }
        ada.get("/api/appointments").then().body("items", empty());
    }

    @Test
    void values_out_of_range_are_refused_by_name() {
        refused("durationMinutes", form("durationMinutes", 4));
        refused("durationMinutes", form("durationMinutes", 1_441));
        refused("scheduledAt", form("scheduledAt", "1999-12-31T23:59:59Z"));
        refused("scheduledAt", form("scheduledAt", "2100-01-01T00:00:00Z"));
        refused("serviceType", form("serviceType", " "));
        refused("notes", form("notes", "x".repeat(5_001)));
        for (var link :
                List.of("http://example.com/a", "https://a b", "javascript:alert(1)", "https://u@example.com")) {
            refused("calendarLink", form("calendarLink", link));
        }
        refused("calendarLink", form("calendarLink", "https://example.com/" + "x".repeat(2_000)));
        ada.post("/api/appointments", form("status", "confirmed")).then().statusCode(400);
        ada.post("/api/appointments", form("durationMinutes", 1_440, "calendarLink", "https://example.com/a?b=1#c"))
                .then()
                .statusCode(201)
                .body("calendarLink", is("https://example.com/a?b=1#c"));
    }

    @Test
    void an_assignee_is_booked_once_at_a_time() {
        String first = book(TEN, ada).path("id");
        ada.post("/api/appointments", form("scheduledAt", "2030-05-06T12:15:00+02:00", "assigneeId", ada.id()))
                .then()
                .statusCode(409)
                .body("type", endsWith("appointment_slot_taken"))
                .body("clash.id", is(first))
                .body("clash.scheduledAt", is(TEN))
                .body("clash.endsAt", is("2030-05-06T10:30:00Z"))
                .body("alternatives", notNullValue());
        book("2030-05-06T10:30:00Z", ada).then().statusCode(201);
        book(TEN, admin).then().statusCode(201);
        book(TEN, null).then().statusCode(201);
        book(TEN, null).then().statusCode(201);
    }

    @Test
    void moves_and_assignments_clash_as_bookings_do() {
        String first = book(TEN, ada).path("id");
        String later = book("2030-05-06T12:00:00Z", ada).path("id");
        String open = book(TEN, null).path("id");
        clashes(later, Map.of("scheduledAt", "2030-05-06T10:29:00Z"), first);
        clashes(open, Map.of("assigneeId", ada.id()), first);
        clashes(first, Map.of("durationMinutes", 121), later);
        change(open, Map.of("assigneeId", admin.id()))
                .statusCode(200)
                .body("assigneeId", is(admin.id().toString()));
        var nobody = new HashMap<String, Object>();
        nobody.put("assigneeId", null);
        change(open, nobody).statusCode(200).body("assigneeId", nullValue());
        change(
                        open,
                        Map.of(
                                "assigneeId",
                                Colleagues.left("agent", admin.orgId()).id()))
                .statusCode(422)
                .body("errors.field", hasItem("assigneeId"));
        change(later, Map.of("scheduledAt", "2030-05-06T10:30:00Z"))
                .statusCode(200)
                .body("endsAt", is("2030-05-06T11:00:00Z"));
    }

    @Test
    void a_status_goes_by_its_steps() {
        String id = book(TEN, ada).path("id");
        change(id, Map.of("status", "completed"))
                .statusCode(409)
                .body("type", endsWith("appointment_status_illegal"))
                .body("detail", is("An appointment does not go from pending to completed."));
        for (var step : List.of("confirmed", "in_progress", "completed")) {
            change(id, Map.of("status", step)).statusCode(200).body("status", is(step));
        }
        var tag = ada.get("/api/appointments/" + id).header("ETag");
        change(id, Map.of("status", "completed")).statusCode(200).header("ETag", is(tag));
        change(id, Map.of("status", "later")).statusCode(400).body("type", endsWith("malformed_field"));
        change(id, Map.of("contactId", contact)).statusCode(400).body("type", endsWith("unknown_field"));
    }

    @Test
    void one_that_is_over_keeps_its_time_and_its_assignee() {
        String id = book(TEN, ada).path("id");
        change(id, Map.of("status", "cancelled")).statusCode(200);
        for (var change : List.of(
                Map.of("scheduledAt", "2030-05-07T10:00:00Z"),
                Map.of("durationMinutes", 45),
                Map.of("assigneeId", admin.id()))) {
            change(id, change).statusCode(409).body("type", endsWith("appointment_closed"));
        }
        change(id, Map.of("notes", "Was ill.", "scheduledAt", "2030-05-06T12:00:00+02:00"))
                .statusCode(200);
        book(TEN, ada).then().statusCode(201);
    }

    @Test
    void versions_are_compared() {
        String id = book(TEN, ada).path("id");
        change(id, Map.of("notes", "x")).statusCode(200).header("ETag", is("\"1\""));
        var patch = ada.request().header("If-Match", "\"0\"").contentType("application/merge-patch+json");
        patch.body(Map.of("notes", "y")).patch("/api/appointments/" + id).then().statusCode(412);
        ada.request()
                .header("If-Match", "\"0\"")
                .delete("/api/appointments/" + id)
                .then()
                .statusCode(412);
        ada.request()
                .header("If-Match", "\"1\"")
                .delete("/api/appointments/" + id)
                .then()
                .statusCode(204);
    }

    @Test
    void a_deleted_one_is_for_admins_and_can_be_restored() {
        String id = book(TEN, ada).path("id");
        ada.delete("/api/appointments/" + id).then().statusCode(204);
        ada.delete("/api/appointments/" + id).then().statusCode(404);
        admin.get("/api/appointments/" + id).then().statusCode(404);
        change(id, Map.of("notes", "x")).statusCode(404);
        ada.get("/api/appointments/" + id + "?includeDeleted=true").then().statusCode(403);
        ada.get("/api/appointments?includeDeleted=true").then().statusCode(403);
        admin.get("/api/appointments/" + id + "?includeDeleted=true").then().body("deletedAt", notNullValue());
        admin.get("/api/appointments?includeDeleted=true").then().body("items.id", contains(id));
        admin.get("/api/appointments").then().body("items", empty());

        String other = book(TEN, ada).path("id");
        restored(id)
                .statusCode(409)
                .body("type", endsWith("appointment_slot_taken"))
                .body("clash.id", is(other));
        change(other, Map.of("status", "cancelled")).statusCode(200);
        restored(id).statusCode(200).body("deletedAt", nullValue());
        restored(id).statusCode(200).header("ETag", is("\"2\""));
        restored(UUID.randomUUID().toString()).statusCode(404);
        globex.post("/api/appointments/" + id + "/restore", Map.of()).then().statusCode(404);
    }

    @Test
    void a_repeated_booking_takes_effect_once() {
        var leaver = Colleagues.joined("agent", admin.orgId());
        for (int i = 0; i < 2; i++) {
            ada.request()
                    .header("Idempotency-Key", "one")
                    .body(form("assigneeId", leaver.id()))
                    .post("/api/appointments")
                    .then()
                    .statusCode(201);
            Sql.superuser().run("update members set is_active = false where id = '" + leaver.id() + "'");
        }
        refused("assigneeId", form("assigneeId", leaver.id()));
        ada.get("/api/appointments").then().body("items.status", contains("pending"));
    }

    @Test
    void the_sequence_counts_what_calendars_must_notice() {
        String id = book(TEN, ada).path("id");
        change(id, Map.of("notes", "x"));
        change(id, Map.of("assigneeId", admin.id()));
        assertEquals(0, sequence(id));
        change(id, Map.of("scheduledAt", "2030-05-06T11:00:00Z", "durationMinutes", 60));
        change(id, Map.of("status", "cancelled"));
        ada.delete("/api/appointments/" + id);
        restored(id).statusCode(200);
        assertEquals(4, sequence(id));
    }

    private void refused(String field, Map<String, ?> form) {
        ada.post("/api/appointments", form)
                .then()
                .statusCode(422)
                .body("type", endsWith("invalid"))
                .body("errors.field", hasItem(field));
    }

    private void clashes(String id, Map<String, ?> patch, String with) {
        change(id, patch)
                .statusCode(409)
                .body("type", endsWith("appointment_slot_taken"))
                .body("clash.id", is(with));
    }

    private Response book(String at, Caller assignee) {
        return ada.post(
                "/api/appointments",
                assignee == null ? form("scheduledAt", at) : form("scheduledAt", at, "assigneeId", assignee.id()));
    }

    private ValidatableResponse change(String id, Map<String, ?> patch) {
        return ada.patch("/api/appointments/" + id, patch).then();
    }

    private ValidatableResponse restored(String id) {
        return ada.post("/api/appointments/" + id + "/restore", Map.of()).then();
    }

    private static long sequence(String id) {
        return Sql.superuser().number("select sequence from appointments where id = '" + id + "'");
    }

    private Map<String, ?> form(Object... more) {
        var form = new HashMap<String, Object>(
                Map.of("contactId", contact, "serviceType", "Cleaning", "scheduledAt", TEN, "durationMinutes", 30));
        for (int i = 0; i < more.length; i += 2) {
            form.put((String) more[i], more[i + 1]);
        }
        return form;
    }
}
