package io.switchboard.voice.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.NoAssistant;
import io.switchboard.voice.livecall.AnswerContent.Reason;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.signature.EndpointOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How voice platforms are told whom they talk to, before they speak. */
class PlatformAnswersTest {
    @Test
    void retell_is_told_which_agent_takes_an_inbound_call() {
        var asked = asks("retell", "retell/call_inbound.json");
        assertEquals(new LiveCall(null, "+15555550142", "+15555550100", null), asked.call());
        assertEquals(
                "{\"call_inbound\":{\"override_agent_id\":\"kept\",\"agent_override\":{\"agent\":{\"max_call_duration_ms\":600000},"
                        + "\"retell_llm\":{\"begin_message\":\"Hello.\"}},\"dynamic_variables\":{\"contactName\":\"Ada\"}}}",
                answer("retell", asked, assistant()));
    }

    @Test
    void retell_rejects_a_call_that_may_not_be_taken() {
        var asked = asks("retell", "retell/call_inbound.json");
        var rejected = "{\"call_inbound\":{\"reject\":true}}";
        assertEquals(rejected, answer("retell", asked, new NoAssistant(Reason.CLOSED, "Closed.")));
        assertEquals(rejected, answer("retell", asked, new NoAssistant(Reason.DECLINED, "No.")));
        var left = "{\"call_inbound\":{}}";
        assertEquals(left, answer("retell", asked, new NoAssistant(Reason.UNKNOWN_NUMBER, "Unknown.")));
        assertEquals(left, answer("retell", asked, new NoAssistant(Reason.AWAY, "Later.")));
    }

    @Test
    void a_malformed_inbound_call_of_retell_is_still_answered() {
        var body = "{\"event\": \"call_inbound\", \"call_inbound\": 7}".getBytes(StandardCharsets.UTF_8);
        var asked = (AnswerRequest.Assistant) request("retell", body);
        assertEquals(LiveCall.UNKNOWN, asked.call());
    }

    @Test
    void elevenlabs_is_told_before_a_conversation_begins() {
        var asked = asks("elevenlabs", "elevenlabs/conversation-initiation.json");
        assertEquals("agent_81ffc3fa88bcd546756519a579", asked.call().assistantId());
        var begin = "{\"type\":\"conversation_initiation_client_data\",\"dynamic_variables\":{";
        assertEquals(
                begin
                        + "\"contactName\":\"Ada\"},\"conversation_config_override\":{\"agent\":{\"first_message\":\"Hello.\"}}}",
                answer("elevenlabs", asked, assistant()));
        assertEquals(begin + "}}", answer("elevenlabs", asked, new NoAssistant(Reason.AWAY, "Later.")));
        assertEquals(
                begin + "},\"conversation_config_override\":{\"agent\":{\"first_message\":\"Closed.\"}}}",
                answer("elevenlabs", asked, new NoAssistant(Reason.CLOSED, "Closed.")));
    }

    @Test
    void telnyx_is_told_before_its_assistant_begins() {
        var body = ("{\"data\": {\"id\": \"1\", \"event_type\": \"assistant.initialization\", \"payload\": {"
                        + "\"call_control_id\": \"v3:abc\", \"assistant_id\": \"assistant-1\","
                        + " \"telnyx_agent_target\": \"+15555550100\", \"telnyx_end_user_target\": \"+15555550142\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        var asked = (AnswerRequest.Assistant) request("telnyx", body);
        assertEquals(new LiveCall("v3:abc", "+15555550142", "+15555550100", "assistant-1"), asked.call());
        assertEquals("{\"dynamic_variables\":{\"contactName\":\"Ada\"}}", answer("telnyx", asked, assistant()));
        assertNull(request("telnyx", Fixtures.bytes("telnyx/call.initiated.json")));
    }

    private static AnswerContent assistant() {
        return new AnswerContent.Assistant(
                "Front desk",
                "kept",
                "Hello.",
                "You are the front desk.",
                null,
                null,
                null,
                null,
                600,
                Map.of("contactName", "Ada"),
                List.of());
    }

    private static AnswerRequest.Assistant asks(String provider, String sample) {
        return (AnswerRequest.Assistant) request(provider, Fixtures.bytes(sample));
    }

    private static AnswerRequest request(String provider, byte[] body) {
        var adapter = Fixtures.provider(provider);
        var delivery = Fixtures.delivery(body, Map.of());
        return adapter.answerRequest(delivery, adapter.identify(delivery), EndpointOptions.NONE);
    }

    private static String answer(String provider, AnswerRequest asked, AnswerContent content) {
        return Fixtures.provider(provider).answer(asked, content).body();
    }
}
