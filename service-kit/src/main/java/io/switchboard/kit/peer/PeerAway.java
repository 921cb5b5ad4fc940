package io.switchboard.kit.peer;

/** A receiver cannot be reached, is overloaded, or its circuit is open: try later, nothing is wrong with the request. */
public final class PeerAway extends RuntimeException {
    public PeerAway(String peer, String reason) {
        super(peer + " is away: " + reason, null, false, false);
    }
}
