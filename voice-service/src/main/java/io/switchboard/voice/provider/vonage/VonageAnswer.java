package io.switchboard.voice.provider.vonage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.MessageAfterTone;
import io.switchboard.voice.provider.Reply;

/** Answers an incoming call: takes a message, whose recording is told to the same endpoint. */
final class VonageAnswer {
    private static final int SILENT_SECONDS = 5;

    private VonageAnswer() {}

    static Reply of(AnswerRequest.Assistant request, AnswerContent content) {
        if (!MessageAfterTone.isTaken(content)) {
            return VonageRequest.NO_ACTIONS;
        }
        ArrayNode actions = JsonNodeFactory.instance.arrayNode();
        actions.addObject().put("action", "talk").put("text", MessageAfterTone.SENTENCE);
        actions.addObject()
                .put("action", "record")
                .put("beepStart", true)
                .put("endOnSilence", SILENT_SECONDS)
                .put("timeOut", MessageAfterTone.MOST_SECONDS)
                .putArray("eventUrl")
                .add(request.url());
        return Reply.json(actions);
    }
}
