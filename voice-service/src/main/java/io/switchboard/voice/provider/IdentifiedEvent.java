package io.switchboard.voice.provider;

import io.switchboard.kit.text.CleanText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of a delivery, named but not yet understood: what the inbox keeps.
 *
 * @param eventId the same on every delivery of the same event, unique per organization and provider
 * @param callKey the provider's id of the call, in whose order events are worked on; null when it is about no call
 * @param sentAt the provider's time, only where the latest of several stands
 * @param body the bytes of this event: all of the delivery, one element of a batch, or the query of a GET
 * @param flaw why it cannot be worked on; null for all but malformed events
 */
public record IdentifiedEvent(
        String eventId,
        String type,
        @Nullable String callKey,
        Repeat repeat,
        @Nullable Instant sentAt,
        byte[] body,
        @Nullable String flaw) {
    static final String MALFORMED = "malformed";

    /** An index entry holds 2,704 bytes; no provider's ids come near this many characters. */
    private static final int LONGEST = 400;

    /** What becomes of another event with the same id but other bytes. */
    public enum Repeat {
        /** It is a duplicate. */
        IGNORED,
        /** It is kept as well, numbered, and may fill what the ones before left empty. */
        ADDED,
        /** It takes the place of the one before if it was sent later. */
        REPLACED
    }

    public static IdentifiedEvent of(String eventId, String type, @Nullable String callKey, byte[] body) {
        return named(eventId, type, callKey, Repeat.IGNORED, null, body);
    }

    public static IdentifiedEvent named(
            String eventId, String type, @Nullable String callKey, Repeat repeat, @Nullable Instant sentAt, byte[] b) {
        if (eventId.length() > LONGEST || type.length() > LONGEST || callKey != null && callKey.length() > LONGEST) {
            return malformed(b, "an identifier of more than " + LONGEST + " characters");
        }
        return new IdentifiedEvent(
                CleanText.of(eventId), CleanText.of(type), CleanField.orNull(callKey), repeat, sentAt, b, null);
    }

    /** Signed, but nothing that the provider could mend by sending it again. */
    public static IdentifiedEvent malformed(byte[] body, String flaw) {
        String hash = Signature.hex(Signature.sha256(body));
        return new IdentifiedEvent(MALFORMED + ":" + hash, MALFORMED, null, Repeat.IGNORED, null, body, flaw);
    }

    public boolean isMalformed() {
        return flaw != null;
    }

    public List<IdentifiedEvent> alone() {
        return List.of(this);
    }
}
