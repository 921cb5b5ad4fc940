package io.switchboard.kit.front;

/** Whether a connection only waits for a request, and since when; other threads ask, too. */
final class Waiting {
    private final FrontLimits limits;
    private volatile boolean isWaiting = true;
    private volatile boolean isLeaving;
    private volatile boolean hasAsked;
    private volatile long since;

    Waiting(FrontLimits limits, long now) {
        this.limits = limits;
        this.since = now;
    }

    /** A request is at work. */
    void end() {
        isWaiting = false;
        hasAsked = true;
    }

    void begin(long now) {
        since = now;
        isWaiting = true;
    }

    /** It has been answered for the last time, and goes first. */
    void answeredLast() {
        hasAsked = false;
        since = Long.MIN_VALUE;
        isWaiting = true;
    }

    boolean isTooLong(long now) {
        var longest = hasAsked ? limits.idleTimeout() : limits.headerTimeout();
        return isWaiting && now - since > longest.toNanos();
    }

    boolean mayLeave() {
        return isWaiting && !isLeaving;
    }

    /** Until it turns out that there is a request after all. */
    void leave() {
        isLeaving = true;
    }

    /** @return whether it does */
    boolean leaves() {
        isLeaving = isWaiting;
        return isWaiting;
    }

    boolean hasAsked() {
        return hasAsked;
    }

    long since() {
        return since;
    }
}
