package io.switchboard.voice.provider.vapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchboard.voice.VapiAnswers;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.Document;
import io.switchboard.voice.livecall.AnswerContent.NoAssistant;
import io.switchboard.voice.livecall.AnswerContent.Reason;
import io.switchboard.voice.livecall.AnswerContent.ToolResult;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.livecall.ToolDefinition;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How Vapi is answered. */
class VapiAnswerTest {
    static final LiveCall CALL = LiveCall.UNKNOWN;
    static final AnswerRequest WHO = new AnswerRequest.Assistant(CALL, "https://voice.example.com/webhooks/vapi/acme");

    final Vapi vapi = new Vapi();

    @Test
    void an_assistant_that_vapi_keeps_is_adapted() {
        var answer = who(assistant("kept-by-vapi", null));
        assertEquals("kept-by-vapi", answer.getString("assistantId"));
        var overrides = answer.getJsonObject("assistantOverrides");
        assertEquals("Hello.", overrides.getString("firstMessage"));
        assertEquals(600, overrides.getInteger("maxDurationSeconds"));
        assertEquals(
                Map.of("provider", "openai", "voiceId", "alloy"),
                overrides.getJsonObject("voice").getMap());
        assertEquals("Ada", overrides.getJsonObject("variableValues").getString("contactName"));
        assertFalse(overrides.containsKey("model"), "it would replace the prompt that Vapi keeps");
    }

    @Test
    void a_prompt_of_ours_goes_along_with_its_model_and_tools() {
        var model = who(assistant("kept-by-vapi", "You are the front desk."))
                .getJsonObject("assistantOverrides")
                .getJsonObject("model");
        assertEquals("gpt-4o", model.getString("model"));
        assertEquals(
                "You are the front desk.",
                model.getJsonArray("messages").getJsonObject(0).getString("content"));
        assertEquals(1, model.getJsonArray("tools").size());
    }

    @Test
    void an_assistant_that_vapi_does_not_keep_is_sent_whole() {
        var assistant = who(assistant(null, "You are the front desk.")).getJsonObject("assistant");
        assertEquals("A".repeat(40), assistant.getString("name"));
        assertEquals("PassFail", rubric(assistant));
        assertEquals(true, assistant.getJsonObject("artifactPlan").getBoolean("recordingEnabled"));
        assertEquals(
                List.of("lookup_contact"),
                assistant.getJsonObject("model").getJsonArray("tools").stream()
                        .map(tool ->
                                ((JsonObject) tool).getJsonObject("function").getString("name"))
                        .toList());
    }

    @Test
    void a_call_that_nobody_takes_is_told_why() {
        for (var reason : Reason.values()) {
            assertEquals(
                    "Not now.",
                    check("assistant-request", WHO, new NoAssistant(reason, "Not now."))
                            .getString("error"));
        }
    }

    @Test
    void each_tool_call_has_a_result_or_an_error() {
        var answer = check(
                "tool-calls",
                new AnswerRequest.Tools(CALL, List.of()),
                new AnswerContent.ToolResults(List.of(
                        new ToolResult("1", "lookup_contact", "Ada.", null),
                        new ToolResult("2", "book_appointment", null, "Not then."))));
        assertEquals(
                "[{\"toolCallId\":\"1\",\"name\":\"lookup_contact\",\"result\":\"Ada.\"},"
                        + "{\"toolCallId\":\"2\",\"name\":\"book_appointment\",\"error\":\"Not then.\"}]",
                answer.getJsonArray("results").encode());
    }

    @Test
    void a_transfer_has_a_number_or_a_sentence() {
        var asked = new AnswerRequest.Transfer(CALL, null);
        var answer =
                check("transfer-destination-request", asked, new AnswerContent.Transfer("+15555550110", "One moment."));
        assertEquals("+15555550110", answer.getJsonObject("destination").getString("number"));
        check("transfer-destination-request", asked, new AnswerContent.Failure("Not now."));
    }

    @Test
    void what_is_known_is_told_as_documents() {
        var asked = new AnswerRequest.Knowledge(CALL, "When are you open?");
        var told = new AnswerContent.Documents(List.of(new Document("1", "From 9 to 5.", 1)));
        assertEquals(
                1,
                check("knowledge-base-request", asked, told)
                        .getJsonArray("documents")
                        .size());
        var failed = check("knowledge-base-request", asked, new AnswerContent.Failure("I can't look that up."));
        assertEquals("I can't look that up.", failed.getJsonObject("message").getString("content"));
    }

    @ParameterizedTest
    @CsvSource({
        "alloy, openai, alloy",
        "sarah, 11labs, sarah",
        "11labs/sarah, 11labs, sarah",
        "elevenlabs/sarah, 11labs, sarah",
        "azure/en-US-JennyNeural, azure, en-US-JennyNeural",
        "my/own/voice, 11labs, my/own/voice",
    })
    void a_voice_is_read_with_or_without_its_provider(String text, String provider, String id) {
        assertEquals(new VapiPart(provider, id), VapiPart.voice(text));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, openai, gpt-4o",
        "o4-mini, openai, o4-mini",
        "claude-sonnet-4-6, anthropic, claude-sonnet-4-6",
        "gemini-2.5-flash, google, gemini-2.5-flash",
        "llama-3.3-70b-versatile, groq, llama-3.3-70b-versatile",
        "meta-llama/llama-4-scout, groq, meta-llama/llama-4-scout",
        "groq/openai/gpt-oss-120b, groq, openai/gpt-oss-120b",
        "openai/gpt-4o, openai, gpt-4o",
    })
    void a_model_is_read_with_or_without_its_provider(String text, String provider, String id) {
        assertEquals(new VapiPart(provider, id), VapiPart.model(text));
    }

    private static AnswerContent.Assistant assistant(String providerAssistantId, String prompt) {
        var parameters = JsonNodeFactory.instance.objectNode().put("type", "object");
        parameters.putObject("properties").putObject("phone").put("type", "string");
        return new AnswerContent.Assistant(
                "A".repeat(50),
                providerAssistantId,
                "Hello.",
                prompt,
                "alloy",
                null,
                "en",
                "PassFail",
                600,
                Map.of("contactName", "Ada"),
                List.of(new ToolDefinition("lookup_contact", "Looks up a number.", parameters)));
    }

    private JsonObject who(AnswerContent content) {
        return check("assistant-request", WHO, content);
    }

    private JsonObject check(String question, AnswerRequest asked, AnswerContent content) {
        return VapiAnswers.check(question, vapi.answer(asked, content).body());
    }

    private static String rubric(JsonObject assistant) {
        return assistant
                .getJsonObject("analysisPlan")
                .getJsonObject("successEvaluationPlan")
                .getString("rubric");
    }
}
