package io.switchboard.voice.inbox;

/** Another worker has the event by now, or a newer one has taken its place: what was begun is undone. */
public final class LeaseLost extends RuntimeException {
    LeaseLost() {
        super("the lease was lost", null, false, false);
    }
}
