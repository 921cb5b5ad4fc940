package io.switchboard.voice.assistant;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.voice.People;
import io.switchboard.voice.VoiceProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How admins assign assistants, and who sees them. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class AssistantTest {
    private static final String PATH = "/api/assistants";
    private static final String ONE = PATH + "/";

    final Caller acme = Caller.adminOfNewOrg();
    final Caller globex = Caller.adminOfNewOrg();
    Caller ada;
    Caller client;
    String agent;

    @BeforeEach
    void createAgentAndClient() {
        ada = People.member(acme, "user");
        client = People.client(acme);
        agent = People.agent(ada);
    }

    @Test
    void a_voice_agent_is_assigned_to_a_client() {
        var created = acme.post(PATH, with("agentId", agent, "voice", "openai/alloy", "maxCallDuration", 300));
        created.then()
                .statusCode(201)
                .body("clientId", is(client.id().toString()))
                .body("agentId", is(agent))
                .body("provider", nullValue())
                .body("maxCallDuration", is(300))
                .body("isActive", is(true));
        acme.get(ONE + created.path("id")).then().body("voice", is("openai/alloy"));
        globex.get(ONE + created.path("id")).then().statusCode(404);
    }

    @Test
    void an_assistant_at_a_provider_is_assigned_to_a_client() {
        acme.post(PATH, with("providerAssistantId", "a1"))
                .then()
                .statusCode(201)
                .body("provider", is("vapi"))
                .body("agentId", nullValue());
        acme.post(PATH, with("providerAssistantId", "a2", "provider", "retell"))
                .then()
                .statusCode(201)
                .body("provider", is("retell"));
    }

    @Test
    void what_it_refers_to_must_exist() {
        refused(with(), "agentId");
        refused(with("agentId", UUID.randomUUID()), "agentId");
        refused(with("providerAssistantId", "a1", "provider", "pigeons"), "provider");
        refused(with("agentId", agent, "maxCallDuration", 9), "maxCallDuration");
        refused(with("agentId", agent, "maxCallDuration", 43_201), "maxCallDuration");
        refused(with("agentId", agent, "displayName", " "), "displayName");
        var nobody = UUID.randomUUID();
        PeerRequests.answer("/internal/clients/" + nobody, 404);
        refused(with("agentId", agent, "clientId", nobody), "clientId");
        People.putClient(client, false, 2);
        refused(with("agentId", agent), "clientId");
    }

    @Test
    void an_admin_changes_every_field() {
        var id = People.assistant(acme, client.id(), Map.of("agentId", agent));
        var other = People.client(acme);
        var changes = new HashMap<String, Object>();
        changes.put("clientId", other.id());
        changes.put("agentId", null);
        changes.put("providerAssistantId", "a1");
        changes.put("isActive", false);
        changes.put("displayName", "Night desk");
        acme.patch(ONE + id, changes)
                .then()
                .statusCode(200)
                .body("clientId", is(other.id().toString()))
                .body("agentId", nullValue())
                .body("providerAssistantId", is("a1"))
                .body("isActive", is(false));
        changes.clear();
        changes.put("providerAssistantId", null);
        acme.patch(ONE + id, changes).then().statusCode(422).body("errors.field", contains("agentId"));
        acme.delete(ONE + id).then().statusCode(204);
        acme.get(ONE + id).then().statusCode(404);
    }

    @Test
    void an_agent_that_goes_takes_its_assistants_along() {
        var id = People.assistant(acme, client.id(), Map.of("agentId", agent));
        ada.delete("/api/agents/" + agent).then().statusCode(204);
        acme.get(ONE + id).then().statusCode(404);
    }

    @Test
    void each_role_sees_its_own() {
        var bob = People.member(acme, "user");
        var adas = People.assistant(acme, client.id(), Map.of("agentId", agent));
        var bobs = People.assistant(acme, People.client(acme).id(), Map.of("agentId", People.agent(bob)));
        var providers = People.assistant(acme, client.id(), Map.of("providerAssistantId", "a1"));

        sees(acme, providers, bobs, adas);
        sees(acme.colleague("agent"), providers, bobs, adas);
        sees(acme.colleague("enterprise"), bobs, adas);
        sees(ada, adas);
        sees(bob, bobs);
        sees(client, providers, adas);
        sees(globex);
        acme.get(PATH + "?clientId=" + client.id()).then().body("items.id", contains(providers, adas));
        client.get(PATH + "?clientId=" + UUID.randomUUID()).then().body("items", empty());
        client.get(ONE + bobs).then().statusCode(404);
        ada.patch(ONE + adas, Map.of("displayName", "Mine")).then().statusCode(403);
        acme.post(PATH, with("agentId", agent, "colour", "red"))
                .then()
                .statusCode(400)
                .body("type", endsWith("unknown_field"));
    }

    private static void sees(Caller caller, String... ids) {
        assertEquals(List.of(ids), caller.get(PATH).<List<String>>path("items.id"));
        for (var id : ids) {
            caller.get(ONE + id).then().statusCode(200);
        }
    }

    private void refused(Map<String, ?> form, String field) {
        acme.post(PATH, form).then().statusCode(422).body("errors.field", contains(field));
    }

    private Map<String, ?> with(Object... fields) {
        var form = new HashMap<String, Object>(Map.of("clientId", client.id(), "displayName", "Reception"));
        for (int i = 0; i < fields.length; i += 2) {
            form.put((String) fields[i], fields[i + 1]);
        }
        return form;
    }
}
