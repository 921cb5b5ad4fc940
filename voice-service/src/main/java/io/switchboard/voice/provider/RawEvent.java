package io.switchboard.voice.provider;

import java.time.Instant;

/**
 * A stored event, not yet translated.
 *
 * @param revision 1, or n for the n-th event of the same id with other bytes
 * @param receivedAt by the database's clock; used when the provider tells no time
 */
public record RawEvent(String type, int revision, byte[] body, Instant receivedAt) {
    /**
     * What the provider's API answered about a call that had no end: see {@link OutcomeLookup}. Its revision is {@link #SETTLED_REVISION}, so
     * that every report that the provider sends by itself outweighs it.
     */
    public static final String SETTLED = "settled";

    public static final int SETTLED_REVISION = 1_000;

    static final String TOOL_USE = "tool-use";

    /** It was answered when it came, whatever its provider would read in it. */
    public boolean isToolUse() {
        return type.equals(TOOL_USE);
    }

    /** Malformed events are kept for people to look at. */
    public boolean isMalformed() {
        return type.equals(IdentifiedEvent.MALFORMED);
    }

    public boolean isSettled() {
        return type.equals(SETTLED);
    }
}
