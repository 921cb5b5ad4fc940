package io.switchboard.crm.appointment;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.SqlSession;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a booking does beside being one: to the lead, to people, and to what the booking rules say. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BookingTest {
    private static final String TEN = "2030-05-06T10:00:00Z";

    Caller admin;
    Caller ada;

    @BeforeEach
    void join() {
        admin = Colleagues.joined("admin", UUID.randomUUID());
        ada = Colleagues.joined("agent", admin.orgId());
    }

    @Test
    void a_booking_makes_a_booked_lead_of_all_but_a_converted_one() {
        for (var status : List.of("new", "contacted", "qualified", "lost", "booked", "converted")) {
            var contact = contact(status);
            book(contact, null);
            lead(contact, status.equals("converted") ? "converted" : "booked");
        }
    }

    @Test
    void only_an_appointment_to_come_lets_a_lead_jump() {
        var contact = contact("new");
        jump(contact).statusCode(409).body("type", endsWith("lead_status_illegal"));
        var id = book(contact, null);
        admin.patch("/api/contacts/" + contact, Map.of("leadStatus", "lost"))
                .then()
                .statusCode(200);
        jump(contact).statusCode(200);
        admin.patch("/api/contacts/" + contact, Map.of("leadStatus", "lost"))
                .then()
                .statusCode(200);
        admin.patch("/api/appointments/" + id, Map.of("status", "cancelled"))
                .then()
                .statusCode(200);
        jump(contact).statusCode(409);
        lead(contact, "lost");
    }

    @Test
    void a_booking_tells_its_assignee_and_without_one_the_admins() {
        var contact = contact("new");
        var id = book(contact, ada);
        told(ada)
                .body("items.type", contains("appointment_booked"))
                .body("items[0].title", is("Appointment booked"))
                .body("items[0].message", containsString("Grace, Cleaning, "))
                .body("items[0].relatedType", is("appointment"))
                .body("items[0].relatedId", is(id));
        told(admin).body("items", empty());
        var open = book(contact, null);
        told(admin).body("items.relatedId", contains(open));
        told(ada).body("items.relatedId", contains(id));
    }

    @Test
    void what_a_call_changes_is_told_and_what_staff_change_is_not() {
        var id = book(contact("new"), ada);
        admin.patch("/api/appointments/" + id, Map.of("scheduledAt", "2030-05-06T11:00:00Z"));
        told(ada).body("items.title", contains("Appointment booked"));
        var call = Sql.app(admin.orgId(), null, "service");
        call.run("update appointments set scheduled_at = scheduled_at + interval '1 hour' where id = '" + id + "'");
        call.run("update appointments set status = 'cancelled' where id = '" + id + "'");
        told(ada).body("items.title", contains("Appointment cancelled", "Appointment moved", "Appointment booked"));
    }

    @Test
    void the_buffer_of_the_rules_is_blocked_with_a_booking() {
        rules(admin, Map.of("bufferMinutes", 15)).statusCode(200);
        var contact = contact("new");
        book(contact, ada);
        var form = form(contact, ada);
        form.put("scheduledAt", "2030-05-06T10:44:00Z");
        ada.post("/api/appointments", form).then().statusCode(409);
        form.put("scheduledAt", "2030-05-06T10:45:00Z");
        ada.post("/api/appointments", form).then().statusCode(201);
    }

    @Test
    void a_clash_names_the_nearest_free_times() {
        var everyDay = Stream.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
                .collect(Collectors.toMap(day -> day, day -> List.of(Map.of("from", "08:00", "to", "18:00"))));
        Caller.service("auth-service", admin.orgId())
                .put(
                        "/internal/organization",
                        Map.of("timeZone", "UTC", "defaultRegion", "US", "businessHours", everyDay, "version", 1))
                .then()
                .statusCode(204);
        var day = OffsetDateTime.now(ZoneOffset.UTC).plusDays(3).toLocalDate();
        var form = form(contact("new"), ada);
        form.put("scheduledAt", day + "T10:00:00Z");
        ada.post("/api/appointments", form).then().statusCode(201);
        ada.post("/api/appointments", form)
                .then()
                .statusCode(409)
                .body("alternatives.start", contains(day + "T09:00:00Z", day + "T09:30:00Z", day + "T10:30:00Z"))
                .body("alternatives.end", contains(day + "T09:30:00Z", day + "T10:00:00Z", day + "T11:00:00Z"));
    }

    @Test
    void rules_have_defaults_and_are_changed_by_admins() {
        ada.get("/api/appointments/rules")
                .then()
                .statusCode(200)
                .header("ETag", is("\"0\""))
                .body("slotMinutes", is(30))
                .body("bufferMinutes", is(0))
                .body("minimumNoticeMinutes", is(60))
                .body("horizonDays", is(60))
                .body("reminderMinutes", contains(1_440, 60))
                .body("assignees", empty());
        rules(ada, Map.of("slotMinutes", 15)).statusCode(403);
        rules(admin, Map.of("slotMinutes", 15, "assignees", List.of(ada.id())))
                .statusCode(200)
                .header("ETag", is("\"1\""))
                .body("slotMinutes", is(15))
                .body("assignees", contains(ada.id().toString()));
        rules(admin, Map.of("slotMinutes", 15)).header("ETag", is("\"1\""));
        var unset = new HashMap<String, Object>();
        unset.put("slotMinutes", null);
        rules(admin, unset).header("ETag", is("\"2\"")).body("slotMinutes", is(30));
        admin.request()
                .contentType("application/merge-patch+json")
                .header("If-Match", "\"1\"")
                .body(Map.of("horizonDays", 9))
                .patch("/api/appointments/rules")
                .then()
                .statusCode(412);
    }

    @Test
    void rules_out_of_range_and_people_who_left_are_refused() {
        for (var wrong : Map.<String, Object>of(
                        "slotMinutes", 4,
                        "bufferMinutes", 241,
                        "minimumNoticeMinutes", -1,
                        "horizonDays", 366,
                        "reminderMinutes", List.of(60, 60),
                        "assignees",
                                List.of(Colleagues.left("agent", admin.orgId()).id()))
                .entrySet()) {
            rules(admin, Map.of(wrong.getKey(), wrong.getValue()))
                    .statusCode(422)
                    .body("errors[0].field", is(wrong.getKey()));
        }
    }

    @Test
    void the_database_holds_steps_and_times_against_plain_sql() {
        var id = book(contact("new"), ada);
        try (var superuser = Sql.superuser().open()) {
            for (var from : AppointmentStatus.values()) {
                for (var to : AppointmentStatus.values()) {
                    superuser.run("set session_replication_role = replica");
                    superuser.run(step(id, from));
                    superuser.run("set session_replication_role = origin");
                    assertEquals(
                            isLegal(from.wire(), to.wire()), isAllowed(superuser, step(id, to)), from + " to " + to);
                }
            }
            superuser.run("set session_replication_role = replica");
            superuser.run(step(id, AppointmentStatus.NO_SHOW));
            superuser.run("set session_replication_role = origin");
            var move = "update appointments set duration_minutes = 45 where id = '" + id + "'";
            assertEquals(
                    "SB409",
                    assertThrows(SqlRefusal.class, () -> superuser.run(move)).state());
        }
    }

    private static boolean isLegal(String from, String to) {
        return from.equals(to)
                || List.of(
                                "pending confirmed",
                                "confirmed in_progress",
                                "in_progress completed",
                                "pending cancelled",
                                "confirmed cancelled",
                                "confirmed no_show")
                        .contains(from + " " + to);
    }

    private static String step(String id, AppointmentStatus to) {
        return "update appointments set status = '%s' where id = '%s'".formatted(to.wire(), id);
    }

    private static boolean isAllowed(SqlSession superuser, String sql) {
        try {
            superuser.run(sql);
            return true;
        } catch (SqlRefusal refused) {
            assertEquals("SB409", refused.state());
            return false;
        }
    }

    private String contact(String leadStatus) {
        return admin.post("/api/contacts", Map.of("name", "Grace", "leadStatus", leadStatus))
                .path("id");
    }

    private ValidatableResponse jump(String contact) {
        return admin.patch("/api/contacts/" + contact, Map.of("leadStatus", "booked"))
                .then();
    }

    private void lead(String contact, String status) {
        admin.get("/api/contacts/" + contact).then().body("leadStatus", is(status));
    }

    private static ValidatableResponse told(Caller person) {
        return person.get("/api/notifications").then().statusCode(200);
    }

    private static ValidatableResponse rules(Caller caller, Map<String, ?> patch) {
        return caller.patch("/api/appointments/rules", patch).then();
    }

    private String book(String contact, Caller assignee) {
        return admin.post("/api/appointments", form(contact, assignee))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Map<String, Object> form(String contact, Caller assignee) {
        var form = new HashMap<String, Object>(
                Map.of("contactId", contact, "serviceType", "Cleaning", "scheduledAt", TEN, "durationMinutes", 30));
        if (assignee != null) {
            form.put("assigneeId", assignee.id());
        }
        return form;
    }
}
