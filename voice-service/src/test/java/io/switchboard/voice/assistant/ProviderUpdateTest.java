package io.switchboard.voice.assistant;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.LogText;
import io.switchboard.voice.People;
import io.switchboard.voice.ProviderServer;
import io.switchboard.voice.ProviderServer.Asked;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client sets reaches the assistant that its provider keeps. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class ProviderUpdateTest {
    private static final String KEY = "key-canary-5151";

    final Caller acme = Caller.adminOfNewOrg();
    final String kept = UUID.randomUUID().toString();
    ProviderServer provider;
    Caller ada;
    Caller client;
    String agent;

    @BeforeEach
    void start() {
        provider = ProviderServer.start();
        ada = People.member(acme, "user");
        client = People.client(acme);
        agent = People.agent(ada);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void vapi_gets_what_changed_and_keeps_the_rest() {
        keepKey("vapi");
        var id = assign("vapi");
        var path = "/assistant/" + kept;
        provider.answer(path, 200, Map.of(), """
                {"id": "x", "model": {"provider": "groq", "model": "llama", "temperature": 0.3,
                    "messages": [{"role": "system", "content": "Be kind."}]},
                 "voice": {"provider": "openai", "voiceId": "alloy", "speed": 1.1},
                 "analysisPlan": {"minMessagesThreshold": 2}}""");
        try (var log = LogText.listen()) {
            edit(
                    id,
                    Map.of(
                            "firstMessage", "Globex, hello.",
                            "voice", "nova",
                            "model", "gpt-4o",
                            "evalMethod", "PassFail",
                            "maxCallDuration", 120));
            var sent = patches(1).get(0);
            assertEquals(path, sent.path());
            assertEquals("api.vapi.ai", sent.host().split(":")[0]);
            assertEquals("Bearer " + KEY, sent.authorization());
            var expected = new JsonObject("""
                    {"firstMessage": "Globex, hello.", "maxDurationSeconds": 120,
                     "voice": {"provider": "openai", "voiceId": "nova", "speed": 1.1},
                     "model": {"provider": "openai", "model": "gpt-4o", "temperature": 0.3,
                         "messages": [{"role": "system", "content": "Be kind."}]},
                     "analysisPlan": {"minMessagesThreshold": 2, "successEvaluationPlan": {"rubric": "PassFail"}}}""");
            assertEquals(expected, new JsonObject(sent.body()));
            await().until(() -> states(), List.of("done true")::equals);
            assertFalse(log.text().contains(KEY), "the key is not logged");
        }
    }

    @Test
    void retell_gets_the_agent_and_its_language_model() {
        keepKey("retell");
        var id = assign("retell");
        provider.answer("/get-agent/" + kept, 200, Map.of(), "{\"response_engine\": {\"llm_id\": \"llm_1\"}}");
        provider.answer("/update-agent/" + kept, 200, Map.of(), "{}");
        provider.answer("/update-retell-llm/llm_1", 200, Map.of(), "{}");
        edit(id, Map.of("firstMessage", "Hello.", "voice", "retell/11labs-Adrian", "maxCallDuration", 30));
        var sent = patches(2);
        assertEquals("/update-agent/" + kept, sent.get(0).path());
        assertEquals(
                new JsonObject("{\"voice_id\": \"11labs-Adrian\", \"max_call_duration_ms\": 60000}"),
                new JsonObject(sent.get(0).body()));
        assertEquals("/update-retell-llm/llm_1", sent.get(1).path());
        assertEquals(
                new JsonObject("{\"begin_message\": \"Hello.\"}"),
                new JsonObject(sent.get(1).body()));
    }

    @Test
    void elevenlabs_gets_what_changed() {
        keepKey("elevenlabs");
        var id = assign("elevenlabs");
        provider.answer("/v1/convai/agents/" + kept, 200, Map.of(), "{}");
        edit(id, Map.of("firstMessage", "Hello.", "model", "gpt-4o", "voice", "v1", "maxCallDuration", 90));
        var sent = patches(1).get(0);
        assertTrue(sent.headers().contains(KEY));
        var expected = new JsonObject("""
                {"conversation_config": {"agent": {"first_message": "Hello.", "prompt": {"llm": "gpt-4o"}},
                    "tts": {"voice_id": "v1"}, "conversation": {"max_duration_seconds": 90}}}""");
        assertEquals(expected, new JsonObject(sent.body()));
    }

    @Test
    void what_changes_while_the_provider_is_told_is_told_too() {
        keepKey("elevenlabs");
        var id = assign("elevenlabs");
        provider.answer("/v1/convai/agents/" + kept, 200, Map.of(), "{}").meanwhile("PATCH", () -> Sql.superuser()
                .run("update client_assistants set voice = 'v2' where id = '" + id + "'"));
        edit(id, Map.of("voice", "v1"));
        var sent = patches(2);
        assertTrue(sent.get(0).body().contains("v1"), sent.get(0).body());
        assertTrue(sent.get(1).body().contains("v2"), sent.get(1).body());
        await().until(() -> states(), List.of("done true")::equals);
    }

    @Test
    void what_a_provider_does_not_keep_is_not_told() {
        keepKey("vapi");
        var id = assign("vapi");
        edit(id, Map.of("displayName", "Globex desk"));
        edit(id, Map.of());
        assertEquals(List.of(), states());
        provider.answer("/assistant/" + kept, 200, Map.of(), "{}");
        edit(id, Map.of("voice", "nova"));
        edit(id, Map.of("voice", "nova", "displayName", "Desk"));
        await().until(() -> states(), List.of("done true")::equals);
    }

    @Test
    void without_a_key_the_provider_is_not_told() {
        PeerRequests.answer(key("vapi"), 404, "{}");
        keepNoAdminsKey();
        edit(assign("vapi"), Map.of("voice", "nova"));
        await().until(() -> states(), List.of("done false")::equals);
        assertEquals(List.of(), provider.asked());
    }

    @Test
    void what_a_provider_refuses_is_not_tried_again() {
        keepKey("vapi");
        keepNoAdminsKey();
        provider.refuse("Bearer " + KEY, 401);
        edit(assign("vapi"), Map.of("voice", "nova"));
        await().until(() -> states(), List.of("dead")::equals);
        assertEquals(1, provider.asked().size());
    }

    @Test
    void an_assistant_of_an_agent_is_not_changed_at_the_provider() {
        var shared = People.assistant(acme, client.id(), Map.of("agentId", agent));
        edit(shared, Map.of("voice", "nova"));
        assertEquals(List.of(), states());
    }

    @Test
    void an_assistant_that_another_client_has_too_is_not_changed_at_the_provider() {
        keepKey("vapi");
        var id = assign("vapi");
        var other = People.client(acme);
        People.assistant(acme, other.id(), Map.of("provider", "vapi", "providerAssistantId", kept));
        editUntold(id);
    }

    @Test
    void an_assistant_that_is_an_agent_s_too_is_not_changed_at_the_provider() {
        keepKey("vapi");
        var id = assign("vapi");
        ada.patch("/api/agents/" + agent, Map.of("provider", "vapi", "providerAssistantId", kept))
                .then()
                .statusCode(200);
        editUntold(id);
    }

    private void editUntold(String id) {
        edit(id, Map.of("voice", "nova"));
        await().until(() -> states(), List.of("done false")::equals);
        assertEquals(List.of(), provider.asked());
    }

    private String assign(String name) {
        return People.assistant(
                acme, client.id(), Map.of("provider", name, "providerAssistantId", kept, "agentId", agent));
    }

    private void edit(String id, Map<String, ?> patch) {
        client.patch("/api/assistants/" + id, patch).then().statusCode(200);
    }

    private void keepKey(String name) {
        var answer = JsonObject.of("userId", ada.id().toString(), "provider", name, "apiKey", KEY);
        PeerRequests.answer(key(name), 200, answer.encode());
    }

    private static void keepNoAdminsKey() {
        PeerRequests.answer("/internal/api-keys/vapi:reveal", 404, "{}");
    }

    private String key(String name) {
        return "/internal/api-keys/" + ada.id() + "/" + name + ":reveal";
    }

    private List<Asked> patches(int count) {
        return await().until(
                        () -> provider.asked().stream()
                                .filter(asked -> asked.method().equals("PATCH"))
                                .toList(),
                        sent -> sent.size() >= count);
    }

    private List<String> states() {
        return Sql.superuser()
                .column("select state || coalesce(' ' || (result ->> 'told'), '') from work where org_id = '"
                        + acme.orgId() + "' and kind = 'update_provider_assistant' order by id");
    }
}
