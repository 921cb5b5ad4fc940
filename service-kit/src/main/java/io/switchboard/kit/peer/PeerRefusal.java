package io.switchboard.kit.peer;

/** Another service answered a request with a refusal; trying the same again will not help by itself. */
public final class PeerRefusal extends RuntimeException {
    private final String peer;
    private final int status;

    public PeerRefusal(String peer, int status, String body) {
        super(
                peer + " answered " + status + ": " + (body.length() > 300 ? body.substring(0, 300) : body),
                null,
                false,
                false);
        this.peer = peer;
        this.status = status;
    }

    public String peer() {
        return peer;
    }

    public int status() {
        return status;
    }
}
