package io.switchboard.voice.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.VapiAnswers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.xml.sax.InputSource;

/** What a provider takes as the answer to one of its questions. */
enum AnswerForm {
    VAPI_ASSISTANT("vapi", "assistant-request.json"),
    VAPI_TOOLS("vapi", "tool-calls.json"),
    VAPI_KNOWLEDGE("vapi", "knowledge-base-request.json"),
    VAPI_TRANSFER("vapi", "transfer-destination-request.json"),
    RETELL_INBOUND("retell", "call_inbound.json"),
    RETELL_FUNCTION("retell", "custom-function.json"),
    ELEVENLABS_INITIATION("elevenlabs", "conversation-initiation.json"),
    ELEVENLABS_TOOL("elevenlabs", ""),
    TELNYX_INITIALIZATION("telnyx", ""),
    TWILIO_CALL("twilio", "incoming-call.form"),
    PLIVO_CALL("plivo", "answer.form"),
    VONAGE_CALL("vonage", "answer.json");

    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cc}\\u2028\\u2029]+");
    private static final Map<String, Set<String>> ACTIONS =
            Map.of("talk", Set.of("text"), "record", Set.of("beepStart", "endOnSilence", "timeOut", "eventUrl"));

    private final String provider;
    private final String sample;

    AnswerForm(String provider, String sample) {
        this.provider = provider;
        this.sample = sample;
    }

    String provider() {
        return provider;
    }

    /** Of the question; empty where there is none. */
    String sample() {
        return sample;
    }

    void check(String answer) {
        switch (this) {
            case RETELL_INBOUND -> checkInbound(new JsonObject(answer));
            case RETELL_FUNCTION, ELEVENLABS_TOOL -> checkTool(new JsonObject(answer));
            case ELEVENLABS_INITIATION -> checkInitiation(new JsonObject(answer));
            case TELNYX_INITIALIZATION -> checkVariables(only(new JsonObject(answer), "dynamic_variables"));
            case TWILIO_CALL -> checkXml(answer, Set.of("Say", "Record", "Reject"));
            case PLIVO_CALL -> checkXml(answer, Set.of("Speak", "Record", "Hangup"));
            case VONAGE_CALL ->
                new JsonArray(answer).stream().map(JsonObject.class::cast).forEach(AnswerForm::checkAction);
            default -> VapiAnswers.check(sample.replace(".json", ""), answer);
        }
    }

    private static void checkInbound(JsonObject answer) {
        var inbound = only(answer, "call_inbound").getJsonObject("call_inbound");
        only(inbound, "override_agent_id", "agent_override", "dynamic_variables", "reject");
        checkVariables(inbound);
        if (inbound.containsKey("reject")) {
            assertEquals(true, inbound.getValue("reject"));
        }
    }

    private static void checkTool(JsonObject answer) {
        assertEquals(1, only(answer, "result", "error").size(), answer.encode());
        answer.forEach(said -> checkLine(said.getValue()));
    }

    private static void checkInitiation(JsonObject answer) {
        only(answer, "type", "dynamic_variables", "conversation_config_override");
        assertEquals("conversation_initiation_client_data", answer.getString("type"));
        checkVariables(answer);
        var override = answer.getJsonObject("conversation_config_override");
        if (override != null) {
            checkLine(override.getJsonObject("agent").getString("first_message"));
        }
    }

    /** Prompts take no other values. */
    private static void checkVariables(JsonObject within) {
        within.getJsonObject("dynamic_variables", new JsonObject())
                .forEach(variable -> assertTrue(variable.getValue() instanceof String, variable.toString()));
    }

    private static void checkAction(JsonObject action) {
        var name = action.getString("action");
        assertTrue(ACTIONS.containsKey(name), action.encode());
        action.remove("action");
        assertEquals(ACTIONS.get(name), action.fieldNames());
        if (action.containsKey("text")) {
            checkLine(action.getValue("text"));
        }
    }

    private static void checkXml(String xml, Set<String> allowed) {
        try {
            var root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
            assertEquals("Response", root.getNodeName());
            for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
                assertTrue(allowed.contains(node.getNodeName()), xml);
                if (!node.getTextContent().isEmpty()) {
                    checkLine(node.getTextContent());
                }
            }
        } catch (Exception e) {
            throw new AssertionError(xml, e);
        }
    }

    private static JsonObject only(JsonObject object, String... fields) {
        assertTrue(Set.of(fields).containsAll(object.fieldNames()), object.encode());
        return object;
    }

    private static void checkLine(Object said) {
        assertTrue(said instanceof String line && ONE_LINE.matcher(line).matches(), String.valueOf(said));
    }
}
