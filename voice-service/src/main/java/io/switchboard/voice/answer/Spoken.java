package io.switchboard.voice.answer;

import io.switchboard.voice.livecall.AnswerContent.NoAssistant;
import io.switchboard.voice.livecall.AnswerContent.Reason;
import java.util.Map;

/** What callers hear in place of an error: one line each. */
final class Spoken {
    static final String NOT_NOW = "I am sorry, that is not possible at the moment. Please try again later.";
    static final String TRANSFERRING = "I am transferring you now.";
    static final String NO_TRANSFER = "I am sorry, I cannot transfer this call right now.";

    private static final Map<Reason, String> REASONS = Map.of(
            Reason.UNKNOWN_NUMBER, "The number that you have called is not in service.",
            Reason.CLOSED, "This line is not accepting calls right now.",
            Reason.DECLINED, "This call cannot be taken.",
            Reason.AWAY, "I am sorry, we cannot take your call at the moment. Please call again in a few minutes.");

    private Spoken() {}

    static NoAssistant none(Reason reason) {
        return new NoAssistant(reason, REASONS.get(reason), ContactContext.UNKNOWN.variables(null));
    }
}
