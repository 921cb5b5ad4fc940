package io.switchboard.voice.signature;

import java.util.function.Supplier;

/** What the check of a delivery's signature says. */
public enum Verdict {
    /** The endpoint's current secret signed it. */
    CURRENT,
    /** The secret before the last rotation signed it, within its grace time. */
    PREVIOUS,
    /** No secret of the endpoint signed it, or not recently. Answered 401. */
    REFUSED,
    /** The provider left its signature out by mistake and sends the delivery again. Answered 503. */
    RETRY;

    public boolean isAccepted() {
        return this == CURRENT || this == PREVIOUS;
    }

    /** This verdict if it accepts the delivery, else the other one. */
    public Verdict or(Supplier<Verdict> other) {
        return isAccepted() ? this : other.get();
    }

    /** This verdict where the condition holds too, else {@link #REFUSED}. */
    public Verdict onlyIf(boolean condition) {
        return condition ? this : REFUSED;
    }
}
