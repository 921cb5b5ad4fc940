package io.switchboard.crm.notification;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class NotificationRequestTest {
    static final Map<String, Object> STAFF = Map.of("roles", List.of("admin", "agent"));
    final UUID acme = UUID.randomUUID();
    final Caller voice = Caller.service("voice-service", acme);

    @Test
    void everybody_active_in_the_roles_is_told_once() {
        var admin = Colleagues.joined("admin", acme);
        var agent = Colleagues.joined("agent", acme);
        Colleagues.left("admin", acme);
        Colleagues.joined("user", acme);
        var call = UUID.randomUUID();
        var form = form(STAFF, "relatedType", "call", "relatedId", call, "priority", "urgent");
        for (int i = 0; i < 3; i++) {
            asked(form, "call-1").statusCode(200).body("created", is(2));
        }
        for (var person : List.of(admin, agent)) {
            person.get("/api/notifications")
                    .then()
                    .body("items.type", contains("missed_call"))
                    .body("items.title", contains("Missed call"))
                    .body("items.message", contains("From +15555550142"))
                    .body("items.relatedType", contains("call"))
                    .body("items.relatedId", contains(call.toString()))
                    .body("items.priority", contains("urgent"));
        }
        asked(form(STAFF, "priority", "low"), "call-1")
                .statusCode(422)
                .body("type", endsWith("idempotency_key_reused"));
        asked(form(STAFF), "call-2").statusCode(200);
        admin.get("/api/notifications/unread-count").then().body("count", is(2));
        admin.get("/api/notifications").then().body("items[0].priority", is("normal"));
    }

    @Test
    void while_no_member_is_known_the_caller_is_to_try_again() {
        asked(form(STAFF), "call-1").statusCode(503).header("Retry-After", notNullValue());
        asked(form(Map.of("userId", UUID.randomUUID())), "call-2").statusCode(503);
        var agent = Colleagues.joined("agent", acme);
        asked(form(STAFF), "call-1").statusCode(200).body("created", is(1));
        agent.get("/api/notifications/unread-count").then().body("count", is(1));
    }

    @Test
    void roles_without_members_notify_no_user() {
        Colleagues.joined("user", acme);
        asked(form(STAFF), "call-1").statusCode(200).body("created", is(0));
    }

    @Test
    void a_user_who_is_no_member_cannot_be_told() {
        Colleagues.joined("user", acme);
        for (var person : List.of(
                UUID.randomUUID(),
                Colleagues.left("agent", acme).id(),
                Colleagues.joined("agent", UUID.randomUUID()).id())) {
            asked(form(Map.of("userId", person)), person.toString())
                    .statusCode(422)
                    .body("errors.field", contains("audience.userId"));
        }
    }

    @Test
    void what_is_asked_for_must_make_sense() {
        var agent = Colleagues.joined("agent", acme);
        asked(form(Map.of()), "1").statusCode(422).body("errors.field", contains("audience"));
        asked(form(Map.of("userId", agent.id(), "roles", List.of("agent"))), "2")
                .statusCode(422);
        asked(form(Map.of("roles", List.of())), "3").statusCode(422).body("errors.field", contains("audience.roles"));
        asked(Map.of("type", "missed_call"), "4")
                .statusCode(422)
                .body("errors.field", contains("audience", "message", "title"));
        asked(form(STAFF, "type", "gossip"), "5").statusCode(400).body("errors.field", contains("type"));
        asked(form(STAFF, "relatedType", "Call!"), "6").statusCode(422);
        asked(form(STAFF, "title", "\u200b"), "8").statusCode(422).body("errors.field", contains("title"));
        asked(form(STAFF, "orgId", UUID.randomUUID()), "7").statusCode(400).body("errors.field", contains("orgId"));
    }

    private ValidatableResponse asked(Object form, String key) {
        return voice.request()
                .header("Idempotency-Key", key)
                .body(form)
                .post("/internal/notifications")
                .then();
    }

    private static Map<String, Object> form(Object audience, Object... more) {
        var form = new HashMap<String, Object>(Map.of(
                "audience", audience, "type", "missed_call", "title", "Missed call", "message", "From +15555550142"));
        for (int i = 0; i < more.length; i += 2) {
            form.put((String) more[i], more[i + 1]);
        }
        return form;
    }
}
