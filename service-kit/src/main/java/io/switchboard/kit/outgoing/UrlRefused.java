package io.switchboard.kit.outgoing;

/** A tenant's URL that no request is sent to. The message says why, for the tenant. */
public final class UrlRefused extends RuntimeException {
    public UrlRefused(String reason) {
        super(reason, null, false, false);
    }
}
