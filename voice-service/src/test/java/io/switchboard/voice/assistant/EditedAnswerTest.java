package io.switchboard.voice.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.People;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VapiAnswers;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a PIN client changes is what the next call is answered with. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class EditedAnswerTest {
    private static final Map<String, Object> SIX = Map.of(
            "displayName", "Globex desk",
            "firstMessage", "Globex, good morning.",
            "voice", "openai/nova",
            "model", "anthropic/claude-x",
            "evalMethod", "PassFail",
            "maxCallDuration", 120);

    final Caller acme = Caller.adminOfNewOrg();
    Front front;
    Caller client;
    String agent;

    @BeforeEach
    void openFrontDesk() {
        front = Front.of(acme, "vapi");
        client = People.client(acme);
        agent = People.agent(
                People.member(acme, "user"),
                Map.of("firstMessage", "Acme, hello.", "voice", "openai/alloy", "systemPrompt", "Be kind."));
        People.number(acme, "+15555550100", client.id(), agent);
    }

    @Test
    void an_assistant_that_each_answer_describes_has_all_six() {
        var id = People.assistant(acme, client.id(), Map.of("agentId", agent));
        assertEquals("Acme, hello.", ask().getJsonObject("assistant").getString("firstMessage"));
        edit(id, SIX);
        var assistant = ask().getJsonObject("assistant");
        assertEquals("Globex desk", assistant.getString("name"));
        checkFive(assistant);
        assertEquals(
                "Be kind.",
                assistant
                        .getJsonObject("model")
                        .getJsonArray("messages")
                        .getJsonObject(0)
                        .getString("content"));
        var cleared = new HashMap<String, Object>();
        cleared.put("firstMessage", null);
        edit(id, cleared);
        assertEquals("Acme, hello.", ask().getJsonObject("assistant").getString("firstMessage"));
    }

    @Test
    void an_assistant_that_the_provider_keeps_has_them_as_overrides() {
        var id = People.assistant(acme, client.id(), Map.of("agentId", agent, "providerAssistantId", "kept"));
        edit(id, SIX);
        var answer = ask();
        assertEquals("kept", answer.getString("assistantId"));
        checkFive(answer.getJsonObject("assistantOverrides"));
    }

    private static void checkFive(JsonObject assistant) {
        assertEquals("Globex, good morning.", assistant.getString("firstMessage"));
        assertEquals(
                Map.of("provider", "openai", "voiceId", "nova"),
                assistant.getJsonObject("voice").getMap());
        assertEquals("anthropic", assistant.getJsonObject("model").getString("provider"));
        assertEquals("claude-x", assistant.getJsonObject("model").getString("model"));
        assertEquals(
                "PassFail",
                assistant
                        .getJsonObject("analysisPlan")
                        .getJsonObject("successEvaluationPlan")
                        .getString("rubric"));
        assertEquals(120, assistant.getInteger("maxDurationSeconds"));
    }

    private void edit(String id, Map<String, ?> patch) {
        client.patch("/api/assistants/" + id, patch).then().statusCode(200);
    }

    private JsonObject ask() {
        var answer = front.vapi(SampleCall.create().vapi("assistant-request"));
        answer.then().statusCode(200);
        return VapiAnswers.check("assistant-request", answer.asString());
    }
}
