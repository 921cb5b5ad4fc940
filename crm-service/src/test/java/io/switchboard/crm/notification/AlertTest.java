package io.switchboard.crm.notification;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AlertTest {
    final UUID acme = UUID.randomUUID();
    Caller admin;
    Caller agent;

    @BeforeEach
    void join() {
        admin = Colleagues.joined("admin", acme);
        agent = Colleagues.joined("agent", acme);
    }

    @Test
    void an_admin_notifies_one_user_or_roles() {
        String id = alert(Map.of("userId", agent.id()), "priority", "urgent", "actionUrl", "/status?page=1#now")
                .statusCode(201)
                .body("created", is(1))
                .body("ids", hasSize(1))
                .extract()
                .path("ids[0]");
        agent.get("/api/notifications")
                .then()
                .body("items.id", contains(id))
                .body("items.type", contains("system_alert"))
                .body("items.priority", contains("urgent"))
                .body("items.actionUrl", contains("/status?page=1#now"));
        alert(Map.of("roles", List.of("admin", "agent"))).statusCode(201).body("ids", hasSize(2));
        agent.post("/api/notifications", Map.of()).then().statusCode(403);
    }

    @Test
    void a_user_of_no_one_or_of_others_is_refused() {
        var foreign = Colleagues.joined("agent", UUID.randomUUID()).id();
        for (var id : List.of(UUID.randomUUID(), Colleagues.left("agent", acme).id(), foreign)) {
            PeerRequests.answer("/internal/members/" + id, 404);
            alert(Map.of("userId", id)).statusCode(422).body("errors.field", contains("audience.userId"));
        }
        alert(Map.of()).statusCode(422).body("errors.field", contains("audience"));
        alert(Map.of("roles", List.of("admin"), "userId", agent.id())).statusCode(422);
        alert(Map.of("roles", List.of("admin")), "type", "hot_lead")
                .statusCode(422)
                .body("errors.field", contains("type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "https://example.com:8443/a?b=c#d", "/", "/contacts/1"})
    void links_lead_to_paths_or_https(String url) {
        alert(Map.of("userId", agent.id()), "actionUrl", url).statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//example.com", "/\\example.com", "http://example.com", "javascript:alert(1)", "contacts", "",
                "https://", "https://a@b.example", "/a b", "/\"onclick=", "https://example.com\n", "HTTPS://example.com"
            })
    void links_to_anything_else_are_refused(String url) {
        alert(Map.of("userId", agent.id()), "actionUrl", url)
                .statusCode(422)
                .body("errors.field", contains("actionUrl"));
    }

    private ValidatableResponse alert(Object audience, Object... more) {
        var form = new HashMap<String, Object>(
                Map.of("audience", audience, "type", "system_alert", "title", "Maintenance", "message", "At noon"));
        for (int i = 0; i < more.length; i += 2) {
            form.put((String) more[i], more[i + 1]);
        }
        return admin.post("/api/notifications", form).then();
    }
}
