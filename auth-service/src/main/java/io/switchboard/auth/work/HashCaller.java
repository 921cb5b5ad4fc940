package io.switchboard.auth.work;

/**
 * Who waits for a hash.
 *
 * @param known signed in, or on a device or at an address that a sign-in succeeded from: those keep a share of the queue
 * @param source the device, address or user; one source gets at most half of a lane
 */
public record HashCaller(boolean known, String source) {

    /** A user or holder of a token who has proven so already. */
    public static HashCaller proven(Object id) {
        return new HashCaller(true, id.toString());
    }
}
