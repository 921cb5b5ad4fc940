package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.Reason;
import io.switchboard.voice.provider.Reply;
import org.jspecify.annotations.Nullable;

/** Answers what ElevenLabs asks. It cannot be told to decline a call: then its agent begins with the reason. */
final class ElevenLabsAnswer {
    private ElevenLabsAnswer() {}

    static Reply of(AnswerContent content) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("type", "conversation_initiation_client_data");
        ObjectNode variables = answer.putObject("dynamic_variables");
        content.variables().forEach(variables::put);
        String first = firstMessage(content);
        if (first != null) {
            answer.putObject("conversation_config_override").putObject("agent").put("first_message", first);
        }
        return Reply.json(answer);
    }

    /** Null to begin as the agent is configured. */
    private static @Nullable String firstMessage(AnswerContent content) {
        if (content instanceof AnswerContent.Assistant assistant) {
            return assistant.firstMessage();
        }
        return content instanceof AnswerContent.NoAssistant none
                        && (none.reason() == Reason.CLOSED || none.reason() == Reason.DECLINED)
                ? none.sentence()
                : null;
    }
}
