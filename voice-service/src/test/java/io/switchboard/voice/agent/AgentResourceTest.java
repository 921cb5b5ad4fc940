package io.switchboard.voice.agent;

import static io.switchboard.voice.agent.Owners.AGENTS;
import static io.switchboard.voice.agent.Owners.form;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.VoiceProfile;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class AgentResourceTest {
    private final UUID org = UUID.randomUUID();
    private final Caller ada = Owners.signedUp("user", org, 10);
    private final Caller admin = Owners.signedUp("admin", org, 10);

    @Test
    void a_new_agent_is_active_and_its_creator_s() {
        var made = ada.post(AGENTS, Map.of("name", " Front desk "));
        String id = made.path("id");
        made.then()
                .statusCode(201)
                .header("Location", is(AGENTS + "/" + id))
                .header("ETag", is("\"0\""))
                .body("name", is("Front desk"))
                .body("ownerId", is(ada.id().toString()))
                .body("status", is("active"))
                .body("version", is(1))
                .body("maxCallDuration", is(600))
                .body("allowedTools", hasSize(8))
                .body("systemPrompt", nullValue())
                .body("createdAt", notNullValue());
        ada.get(AGENTS + "/" + id)
                .then()
                .statusCode(200)
                .header("ETag", is("\"0\""))
                .body("version", is(1));
        ada.get(AGENTS).then().statusCode(200).body("items.id", contains(id)).body("items[0].version", is(1));
    }

    @Test
    void every_field_is_kept_as_it_was_sent() {
        var form = new HashMap<String, Object>(Map.of(
                "name", "Front desk",
                "description", "Takes calls at night",
                "personalityTone", "Warm",
                "systemPrompt", "You are the front desk.",
                "firstMessage", "Good evening.",
                "voice", "alloy",
                "model", "openai/gpt-4o",
                "language", "en-GB",
                "evalMethod", "Checklist",
                "maxCallDuration", 43_200));
        form.putAll(Map.of(
                "provider", "vapi",
                "providerAssistantId", "b6fd6f06",
                "allowedTools", List.of("open_ticket", "lookup_contact"),
                "status", "draft"));
        String id = ada.post(AGENTS, form).path("id");
        var shown = ada.get(AGENTS + "/" + id).then().statusCode(200);
        form.forEach((field, value) -> shown.body(field, is(value)));
    }

    @Test
    void what_does_not_fit_is_refused() {
        refused("name", Map.of());
        refused("name", Map.of("name", " "));
        refused("maxCallDuration", form("maxCallDuration", 9));
        refused("maxCallDuration", form("maxCallDuration", 43_201));
        refused("evalMethod", form("evalMethod", "x".repeat(101)));
        refused("language", form("language", "en_GB"));
        refused("provider", form("provider", "pigeon"));
        refused("systemPrompt", form("systemPrompt", "x".repeat(32_001)));
        ada.post(AGENTS, form("allowedTools", List.of("fly"))).then().statusCode(400);
        ada.post(AGENTS, form("status", "asleep")).then().statusCode(400);
        ada.post(AGENTS, form("orgId", UUID.randomUUID()))
                .then()
                .statusCode(400)
                .body("errors.field", contains("orgId"));
        ada.get(AGENTS).then().body("items", hasSize(0));
    }

    private void refused(String field, Map<String, ?> form) {
        ada.post(AGENTS, form).then().statusCode(422).body("errors.field", contains(field));
    }

    @Test
    void a_patch_changes_what_it_names() {
        String id = ada.post(AGENTS, form("firstMessage", "Hello.")).path("id");
        var path = AGENTS + "/" + id;
        ada.patch(path, Map.of("voice", "alloy"))
                .then()
                .statusCode(200)
                .header("ETag", is("\"1\""))
                .body("firstMessage", is("Hello."))
                .body("voice", is("alloy"));
        ada.patch(path, Collections.singletonMap("firstMessage", null)).then().body("firstMessage", nullValue());
        ada.patch(path, Collections.singletonMap("name", null)).then().statusCode(422);
        ada.patch(path, Map.of("provider", "pigeon")).then().statusCode(422);
        ada.request()
                .header("If-Match", "\"1\"")
                .body(Map.of("voice", "echo"))
                .patch(path)
                .then()
                .statusCode(412);
        ada.delete(path).then().statusCode(204);
        ada.get(path).then().statusCode(404).body("type", endsWith("agent_not_found"));
    }

    @Test
    void a_patch_that_changes_nothing_writes_nothing() {
        var path = AGENTS + "/"
                + ada.post(AGENTS, form("allowedTools", List.of("open_ticket"))).path("id");
        var before = written();
        for (int i = 0; i < 20; i++) {
            ada.patch(path, Map.of("name", "Front desk")).then().statusCode(200).header("ETag", is("\"0\""));
            ada.get(path).then().statusCode(200);
        }
        assertEquals(before, written());
        ada.patch(path, Map.of("name", "Back office")).then().statusCode(200);
        assertNotEquals(before, written());
    }

    /** The transaction that wrote the only agent. */
    private String written() {
        return Sql.superuser().value("select xmin from agents where org_id = '" + org + "'");
    }

    @Test
    void only_an_admin_names_another_owner() {
        var bob = Owners.joined("enterprise", org, 3);
        admin.post(AGENTS, form("ownerId", bob.id()))
                .then()
                .statusCode(201)
                .body("ownerId", is(bob.id().toString()));
        ada.post(AGENTS, form("ownerId", bob.id())).then().statusCode(403);
        ada.post(AGENTS, form("ownerId", ada.id())).then().statusCode(201);
        notAnOwner(Owners.joined("agent", org, 3).id());
        notAnOwner(Owners.joined("customer", org, 3).id());
        notAnOwner(Owners.left("user", org).id());
        var unknown = UUID.randomUUID();
        PeerRequests.answer("/internal/members/" + unknown, 404);
        notAnOwner(unknown);
    }

    private void notAnOwner(UUID id) {
        admin.post(AGENTS, form("ownerId", id)).then().statusCode(422).body("errors.field", contains("ownerId"));
    }

    @Test
    void an_access_key_must_name_the_owner() {
        var key = Caller.accessKey("admin", org);
        PeerRequests.answer("/internal/members/" + key.id(), 404);
        key.post(AGENTS, Map.of("name", "Front desk")).then().statusCode(422).body("errors.field", contains("ownerId"));
        var bob = Owners.joined("user", org, 3);
        key.post(AGENTS, form("ownerId", bob.id())).then().statusCode(201);
        bob.get(AGENTS).then().body("items", hasSize(1));
    }

    @Test
    void the_owner_cannot_be_changed() {
        var path = AGENTS + "/" + Owners.createAgent(ada, "Front desk");
        admin.patch(path, Map.of("ownerId", admin.id()))
                .then()
                .statusCode(422)
                .body("errors.field", contains("ownerId"));
        admin.patch(path, Map.of("ownerId", ada.id(), "name", "Desk")).then().statusCode(200);
    }

    @Test
    void the_list_is_filtered_by_status_and_owner() {
        var first = Owners.createAgent(ada, "One");
        var second = Owners.createAgent(ada, "Two");
        var third = Owners.createAgent(admin, "Three");
        ada.patch(AGENTS + "/" + first, Map.of("status", "paused")).then().statusCode(200);
        admin.get(AGENTS).then().body("items.id", contains(third, second, first));
        admin.get(AGENTS + "?status=paused").then().body("items.id", contains(first));
        admin.get(AGENTS + "?status=active").then().body("items.id", contains(third, second));
        admin.get(AGENTS + "?ownerId=" + ada.id()).then().body("items.id", contains(second, first));
        String cursor = admin.get(AGENTS + "?limit=2")
                .then()
                .body("items.id", contains(third, second))
                .extract()
                .path("nextCursor");
        admin.get(AGENTS + "?limit=2&cursor=" + cursor)
                .then()
                .body("items.id", contains(first))
                .body("nextCursor", nullValue());
        admin.get(AGENTS + "?status=asleep").then().statusCode(400);
        admin.get(AGENTS + "?ownerId=ada").then().statusCode(400);
    }

    @Test
    void a_repeated_create_with_the_same_key_makes_one_agent() {
        for (int i = 0; i < 2; i++) {
            ada.request()
                    .header("Idempotency-Key", "k1")
                    .body(Map.of("name", "Front desk"))
                    .post(AGENTS)
                    .then()
                    .statusCode(201)
                    .body("version", is(1));
        }
        ada.get(AGENTS).then().body("items", hasSize(1)).body("items.id", not(contains(nullValue())));
    }
}
