package io.switchboard.kit.work;

import java.time.Duration;

/** A piece that cannot begin yet, since something else has to end first. It is no failure, and not logged. */
public final class WorkPostponed extends RuntimeException {
    private final Duration wait;

    /** @param wait until the next try, which counts as an attempt */
    public WorkPostponed(String reason, Duration wait) {
        super(reason, null, false, false);
        this.wait = wait;
    }

    Duration waitsFor() {
        return wait;
    }
}
