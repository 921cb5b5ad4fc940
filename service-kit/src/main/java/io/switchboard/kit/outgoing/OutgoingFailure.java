package io.switchboard.kit.outgoing;

/** A request to a tenant's URL was not answered. The message says why, for the tenant. */
public final class OutgoingFailure extends RuntimeException {
    public OutgoingFailure(String reason) {
        super(reason, null, false, false);
    }
}
