package io.switchboard.voice.inbox;

/** Another worker has the event, or a newer one replaced it: the transaction is rolled back. */
public final class LeaseLost extends RuntimeException {
    LeaseLost() {
        super("the lease was lost", null, false, false);
    }
}
