package io.switchboard.voice.provider;

import java.time.Instant;

/**
 * A stored event, not yet translated.
 *
 * @param revision 1, or n for the n-th event of the same id with other bytes
 * @param receivedAt by the database's clock; used when the provider tells no time
 */
public record RawEvent(String type, int revision, byte[] body, Instant receivedAt) {
    static final String TOOL_USE = "tool-use";

    /** It was answered when it came, whatever its provider would read in it. */
    public boolean isToolUse() {
        return type.equals(TOOL_USE);
    }

    /** Malformed events are kept for people to look at. */
    public boolean isMalformed() {
        return type.equals(IdentifiedEvent.MALFORMED);
    }
}
