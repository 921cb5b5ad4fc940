package io.switchboard.voice.provider.twilio;

import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.MessageAfterTone;
import io.switchboard.voice.provider.CallXml;
import io.switchboard.voice.provider.Reply;

/** Answers an incoming call: takes a message, whose recording is told to the same endpoint. */
final class TwilioAnswer {
    private TwilioAnswer() {}

    static Reply of(AnswerRequest.Assistant request, AnswerContent content) {
        CallXml xml = new CallXml();
        return MessageAfterTone.isTaken(content)
                ? xml.say("Say", MessageAfterTone.SENTENCE)
                        .action(
                                "Record",
                                "maxLength",
                                Integer.toString(MessageAfterTone.MOST_SECONDS),
                                "playBeep",
                                "true",
                                "action",
                                request.url())
                        .reply()
                : xml.action("Reject").reply();
    }
}
