package io.switchboard.voice.livecall;

/** What a carrier tells callers whom nobody answers: they may leave a message. */
public final class MessageAfterTone {
    public static final String SENTENCE = "We cannot take your call right now. Please leave a message after the tone.";

    public static final int MOST_SECONDS = 120;

    private MessageAfterTone() {}

    /** Whether the caller may leave one. Those who are blocked may not. */
    public static boolean isTaken(AnswerContent content) {
        return !(content instanceof AnswerContent.NoAssistant none && none.reason() == AnswerContent.Reason.DECLINED);
    }
}
