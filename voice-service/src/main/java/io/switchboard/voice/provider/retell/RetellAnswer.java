package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.Reason;
import io.switchboard.voice.provider.Reply;

/** Answers what Retell asks. An empty object leaves an inbound call to the agent of its number. */
final class RetellAnswer {
    private static final int SHORTEST_MILLIS = 60_000;
    private static final int LONGEST_MILLIS = 7_200_000;

    private RetellAnswer() {}

    static Reply of(AnswerContent content) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode inbound = answer.putObject("call_inbound");
        if (content instanceof AnswerContent.Assistant assistant) {
            describe(inbound, assistant);
        } else if (content instanceof AnswerContent.NoAssistant none
                && (none.reason() == Reason.CLOSED || none.reason() == Reason.DECLINED)) {
            inbound.put("reject", true);
        }
        return Reply.json(answer);
    }

    private static void describe(ObjectNode inbound, AnswerContent.Assistant assistant) {
        if (assistant.providerAssistantId() != null) {
            inbound.put("override_agent_id", assistant.providerAssistantId());
        }
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        if (assistant.maxDurationSeconds() != null) {
            int millis = Math.min(Math.max(assistant.maxDurationSeconds() * 1_000, SHORTEST_MILLIS), LONGEST_MILLIS);
            changes.putObject("agent").put("max_call_duration_ms", millis);
        }
        if (assistant.firstMessage() != null) {
            changes.putObject("retell_llm").put("begin_message", assistant.firstMessage());
        }
        if (!changes.isEmpty()) {
            inbound.set("agent_override", changes);
        }
        assistant.variables().forEach(inbound.putObject("dynamic_variables")::put);
    }
}
