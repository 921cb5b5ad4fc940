package io.switchboard.crm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AppointmentEventsTest extends EventCase {
    private static final String APPOINTMENTS = "/api/appointments";

    String contact;

    @BeforeEach
    void addContact() {
        contact = acme.post("/api/contacts", Map.of("name", "Ada"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        want(
                "appointment.booked",
                "appointment.rescheduled",
                "appointment.cancelled",
                "appointment.completed",
                "appointment.no_show",
                "notification.created");
    }

    @Test
    void each_change_is_told_as_the_api_shows_it() {
        var id = book();
        var path = APPOINTMENTS + "/" + id;
        assertShows(path, events(1, id).get(0));
        patch(id, Map.of("scheduledAt", "2027-03-02T10:00:00+01:00"));
        assertShows(path, events(2, id).get(1));
        patch(id, Map.of("durationMinutes", 45));
        assertShows(path, events(3, id).get(2));
        patch(id, Map.of("notes", "Brings the dog."));
        patch(id, Map.of("status", "confirmed"));
        patch(id, Map.of("status", "cancelled"));
        var events = events(4, id);
        assertShows(path, events.get(3));
        assertEquals(
                List.of(
                        "appointment.booked",
                        "appointment.rescheduled",
                        "appointment.rescheduled",
                        "appointment.cancelled"),
                types(events));
    }

    @Test
    void its_end_is_an_event() {
        var kept = book();
        List.of("confirmed", "in_progress", "completed").forEach(status -> patch(kept, Map.of("status", status)));
        var missed = book();
        List.of("confirmed", "no_show").forEach(status -> patch(missed, Map.of("status", status)));
        assertEquals(List.of("appointment.booked", "appointment.completed"), types(events(2, kept)));
        assertEquals(List.of("appointment.booked", "appointment.no_show"), types(events(2, missed)));
    }

    /** To other systems a deleted one is cancelled, unless it has ended before. */
    @Test
    void deleting_and_restoring_a_live_one_are_events() {
        var id = book();
        acme.delete(APPOINTMENTS + "/" + id).then().statusCode(204);
        var deleted = events(2, id).get(1);
        assertEquals("appointment.cancelled", deleted.getString("type"));
        assertShows(APPOINTMENTS + "/" + id + "?includeDeleted=true", deleted);
        acme.post(APPOINTMENTS + "/" + id + "/restore", Map.of()).then().statusCode(200);
        patch(id, Map.of("status", "cancelled"));
        acme.delete(APPOINTMENTS + "/" + id).then().statusCode(204);
        acme.post(APPOINTMENTS + "/" + id + "/restore", Map.of()).then().statusCode(200);
        var other = book();
        events(1, other);
        assertEquals(
                List.of("appointment.booked", "appointment.cancelled", "appointment.booked", "appointment.cancelled"),
                types(events(4, id)));
    }

    @Test
    void a_notification_is_an_event_where_its_user_wants_webhooks() {
        var choice = Map.of("type", "system_alert", "channels", List.of("app", "webhook"));
        acme.put("/api/notifications/preferences", Map.of("items", List.of(choice)))
                .then()
                .statusCode(200);
        List.of("hot_lead", "system_alert").forEach(this::alert);
        var shown = shown("/api/notifications").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(item -> item.getString("type").equals("system_alert"))
                .findFirst()
                .orElseThrow();
        var told = events(1, "A title of " + org);
        assertEquals(List.of("notification.created"), types(told));
        assertEquals(shown, told.get(0).getJsonObject("data"));
    }

    private void alert(String type) {
        var form = Map.of(
                "audience", Map.of("userId", acme.id()), "type", type, "title", "A title of " + org, "message", "x");
        Caller.service("voice-service", org)
                .post("/internal/notifications", form)
                .then()
                .statusCode(200);
    }

    private String book() {
        var form = Map.of(
                "contactId",
                contact,
                "serviceType",
                "Check-up",
                "scheduledAt",
                "2027-03-01T09:00:00Z",
                "durationMinutes",
                30);
        return acme.post(APPOINTMENTS, form).then().statusCode(201).extract().path("id");
    }

    private void patch(String id, Map<String, ?> change) {
        acme.patch(APPOINTMENTS + "/" + id, change).then().statusCode(200);
    }
}
