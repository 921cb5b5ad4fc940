package io.switchboard.voice.subscription;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From an event of crm-service to the deliveries of the subscriptions that want it. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class PublishedEventTest {
    private static final String EVENTS = "/internal/events";

    private final Caller acme = Caller.adminOfNewOrg();
    private final Caller crm = Caller.service("crm-service", acme.orgId());
    private final UUID ada = UUID.randomUUID();

    @Test
    void an_event_goes_to_the_active_subscriptions_that_want_it() {
        var one = Subscribed.to(acme, "contact.created", "contact.updated");
        var other = Subscribed.to(acme, "contact.created");
        var without = Subscribed.to(acme, "contact.updated");
        var disabled = Subscribed.to(acme, "contact.created");
        disabled.patch(Map.of("status", "disabled"), 200);
        var globex = Subscribed.to(Caller.adminOfNewOrg(), "contact.created");
        var event = event("contact.created");
        crm.post(EVENTS, event).then().statusCode(202).body("deliveries", is(2));
        for (var subscription : List.of(one, other)) {
            subscription
                    .deliveries()
                    .then()
                    .body("items.type", contains("contact.created"))
                    .body("items.eventId", contains(event.get("id").toString()))
                    .body("items[0].createdAt", notNullValue());
        }
        for (var subscription : List.of(without, disabled, globex)) {
            assertEquals(List.of(), subscription.types());
        }
        assertEquals(
                new JsonObject()
                        .put("type", "contact.created")
                        .put("timestamp", "2026-06-01T10:00:00.25Z")
                        .put("data", new JsonObject().put("id", ada.toString()).put("name", "Ada")),
                one.body("contact.created"));
    }

    @Test
    void a_repeat_is_sent_to_nobody_not_even_to_a_new_subscription() {
        var one = Subscribed.to(acme, "contact.created");
        var event = event("contact.created");
        crm.post(EVENTS, event).then().statusCode(202).body("deliveries", is(1));
        crm.post(EVENTS, event).then().statusCode(202).body("deliveries", is(0));
        var late = Subscribed.to(acme, "contact.created");
        crm.post(EVENTS, event).then().statusCode(202).body("deliveries", is(0));
        assertEquals(List.of("contact.created"), one.types());
        assertEquals(List.of(), late.types());
    }

    @Test
    void an_event_that_does_not_fit_is_refused() {
        var one = Subscribed.to(acme, "contact.created", "call.ended");
        refused("type", event("call.ended")); // not crm-service's
        refused("type", event("contact.deleted"));
        refused("data", with("data", Map.of("notes", "x".repeat(PublishedEvent.MOST_DATA))));
        refused("data", with("data", null));
        refused("id", with("id", null));
        crm.post(EVENTS, with("occurredAt", "10000-01-01T00:00:00Z")).then().statusCode(400);
        crm.post(EVENTS, with("occurredAt", 1780308000)).then().statusCode(400);
        crm.post(EVENTS, with("orgId", UUID.randomUUID())).then().statusCode(400);
        for (var other : List.of(acme, Caller.service("auth-service", acme.orgId()))) {
            other.post(EVENTS, event("contact.created")).then().statusCode(403);
        }
        assertEquals(List.of(), one.types());
    }

    @Test
    void deliveries_are_listed_by_status_and_type_page_by_page() {
        var one = Subscribed.to(acme, "contact.created", "contact.updated");
        crm.post(EVENTS, event("contact.created"));
        one.end("delivered");
        crm.post(EVENTS, event("contact.updated"));
        crm.post(EVENTS, event("contact.created"));
        var list = one.path() + "/deliveries";
        acme.get(list).then().body("items.type", contains("contact.created", "contact.updated", "contact.created"));
        acme.get(list + "?status=delivered").then().body("items.type", contains("contact.created"));
        acme.get(list + "?type=contact.updated").then().body("items.type", contains("contact.updated"));
        acme.get(list + "?status=delivered&type=contact.updated").then().body("items.size()", is(0));
        var first = acme.get(list + "?limit=2");
        acme.get(list + "?limit=2&cursor=" + first.path("nextCursor"))
                .then()
                .body("items.status", contains("delivered"));
        for (var wrong : List.of("status=lost", "type=contact.deleted", "limit=0", "cursor=x")) {
            acme.get(list + "?" + wrong).then().statusCode(400);
        }
    }

    @Test
    void a_delivered_event_is_sent_again_under_the_same_id() {
        var one = Subscribed.to(acme, "contact.created");
        crm.post(EVENTS, event("contact.created"));
        one.end("delivered");
        String eventId = one.deliveries().path("items[0].eventId");
        String id = one.deliveries().path("items[0].id");
        resend(one, id)
                .then()
                .statusCode(202)
                .body("id", is(id))
                .body("eventId", is(eventId))
                .body("status", is("pending"))
                .body("attempts", is(0))
                .body("nextAttemptAt", notNullValue());
        assertEquals(id, AuditTrail.await(acme.orgId(), "resend", sent -> true).getString("resourceId"));
        resend(one, UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .body("type", endsWith("subscription_delivery_not_found"));
        resend(Subscribed.to(acme, "contact.created"), id).then().statusCode(404);
    }

    @Test
    void a_test_event_goes_to_one_subscription() {
        var one = Subscribed.to(acme, "contact.created");
        var other = Subscribed.to(acme, "contact.created");
        acme.post(one.path() + "/test", Map.of())
                .then()
                .statusCode(202)
                .body("type", is("subscription.test"))
                .body("status", is("pending"));
        assertEquals(List.of("subscription.test"), one.types());
        assertEquals(List.of(), other.types());
        assertEquals(
                one.id(), one.body("subscription.test").getJsonObject("data").getString("subscriptionId"));
    }

    @Test
    void a_disabled_subscription_is_sent_nothing_any_more() {
        var one = Subscribed.to(acme, "contact.created");
        crm.post(EVENTS, event("contact.created"));
        one.patch(Map.of("status", "disabled"), 200);
        one.deliveries().then().body("items.status", contains("failed"));
        String id = one.deliveries().path("items[0].id");
        for (var answer : List.of(resend(one, id), acme.post(one.path() + "/test", Map.of()))) {
            answer.then().statusCode(409).body("type", endsWith("webhook_subscription_disabled"));
        }
        one.patch(Map.of("status", "active"), 200);
        one.deliveries().then().body("items.status", contains("failed"));
        resend(one, id).then().statusCode(202);
    }

    @Test
    void an_erased_person_s_events_go_but_not_the_erasure() {
        var one = Subscribed.to(
                acme,
                "contact.created",
                "contact.merged",
                "contact.erased",
                "appointment.booked",
                "ticket.created",
                "notification.created");
        var duplicate = UUID.randomUUID();
        var other = UUID.randomUUID();
        publish("contact.created", Map.of("id", ada, "name", "Ada"));
        publish("contact.created", Map.of("id", duplicate, "name", "Ada K."));
        publish("contact.merged", Map.of("id", ada, "duplicateId", duplicate));
        var appointment = UUID.randomUUID();
        publish("appointment.booked", Map.of("id", appointment, "contactId", ada));
        publish("notification.created", Map.of("relatedType", "contact", "relatedId", ada));
        publish("notification.created", Map.of("relatedType", "appointment", "relatedId", appointment));
        var ticket = UUID.randomUUID();
        publish("ticket.created", Map.of("id", ticket, "contactId", ada));
        publish("notification.created", Map.of("relatedType", "ticket", "relatedId", ticket));
        publish("notification.created", Map.of("title", "Missed call from +15555550142"));
        publish("notification.created", Map.of("title", "Missed call from +15555550143"));
        publish("contact.created", Map.of("id", other, "name", "Grace"));
        publish("contact.erased", Map.of("id", ada));
        crm.post("/internal/contacts/" + ada + "/merge", Map.of("duplicateId", duplicate))
                .then()
                .statusCode(200);
        crm.post("/internal/contacts/" + ada + "/erase", Map.of("phones", List.of("+15555550142")))
                .then()
                .statusCode(200);
        one.deliveries()
                .then()
                .body("items.type", containsInAnyOrder("contact.erased", "contact.created", "notification.created"));
        assertEquals(
                other.toString(),
                one.body("contact.created").getJsonObject("data").getString("id"));
    }

    private void publish(String type, Map<String, ?> data) {
        crm.post(EVENTS, with(type, "data", data)).then().statusCode(202).body("deliveries", is(1));
    }

    private Response resend(Subscribed subscription, String id) {
        return acme.post(subscription.path() + "/deliveries/" + id + "/resend", Map.of());
    }

    private void refused(String field, Map<String, ?> event) {
        crm.post(EVENTS, event).then().statusCode(422).body("errors.field", contains(field));
    }

    private Map<String, Object> event(String type) {
        return with(type, "data", Map.of("id", ada, "name", "Ada"));
    }

    private Map<String, Object> with(String field, Object value) {
        return with("contact.created", field, value);
    }

    private Map<String, Object> with(String type, String field, Object value) {
        var event = new HashMap<String, Object>(Map.of(
                "id",
                UUID.randomUUID(),
                "type",
                type,
                "occurredAt",
                "2026-06-01T12:00:00.250+02:00",
                "data",
                Map.of("id", ada)));
        event.put(field, value);
        return event;
    }
}
