package io.switchboard.kit.work;

/** The lease of a piece ran out, and another worker may have it: what this one has begun must not be stored. */
public final class LeaseLost extends RuntimeException {
    public LeaseLost() {
        super("the lease was lost", null, false, false);
    }
}
