package io.switchboard.voice.inbox;

/** An event that fails however often it is tried. The message is the reason that the organization reads. */
public final class PermanentFailure extends RuntimeException {
    public PermanentFailure(String reason) {
        super(reason, null, false, false);
    }
}
