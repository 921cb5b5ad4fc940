package io.switchboard.voice.provider;

import java.time.Instant;

/**
 * An event as the inbox kept it.
 *
 * @param revision 1, or n for the n-th event of the same id with other bytes
 * @param receivedAt by the database's clock; stands in where the provider tells no time
 */
public record RawEvent(String type, int revision, byte[] body, Instant receivedAt) {
    /** Whether it was kept only for people to look at. */
    public boolean isMalformed() {
        return type.equals(IdentifiedEvent.MALFORMED);
    }
}
