package io.switchboard.voice.inbox;

/** A transaction found that it has to lock other rows first: it is rolled back, and begins anew at once. */
public final class BeginAnew extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BeginAnew() {
        super("The rows of this call are being changed by others.", null, false, false);
    }
}
