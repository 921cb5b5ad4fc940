package io.switchboard.voice.provider;

import io.switchboard.kit.text.CleanText;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.signature.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One event of a delivery, identified but not translated: what the inbox stores.
 *
 * @param eventId the same on every delivery of the same event, unique per organization and provider
 * @param callKey the provider's id of the call, whose events are worked on in order; null when it is about no call
 * @param sentAt the provider's time; only for {@link Repeat#REPLACED}
 * @param body the bytes of this event: all of the delivery, one element of a batch, or the query of a GET
 * @param flaw why it is malformed, as a sentence in our words; null when it is not
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

    /** What happens to another event with the same id but other bytes. */
    public enum Repeat {
        /** It is a duplicate. */
        IGNORED,
        /** It is kept too, numbered, and fills what earlier ones left empty. */
        ADDED,
        /** It replaces the earlier one if it was sent later. */
        REPLACED
    }

    public static IdentifiedEvent of(String eventId, String type, @Nullable String callKey, byte[] body) {
        return named(eventId, type, callKey, Repeat.IGNORED, null, body);
    }

    public static IdentifiedEvent named(
            String eventId, String type, @Nullable String callKey, Repeat repeat, @Nullable Instant sentAt, byte[] b) {
        if (eventId.length() > LONGEST || type.length() > LONGEST || callKey != null && callKey.length() > LONGEST) {
            return malformed(b, "An identifier has more than " + LONGEST + " characters.");
        }
        return new IdentifiedEvent(
                CleanText.of(eventId), CleanText.of(type), CleanField.orNull(callKey), repeat, sentAt, b, null);
    }

    /** An id of the parts that are there, with colons between them. */
    public static String key(@Nullable String... parts) {
        return Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(":"));
    }

    /** Signed, but unusable; sending it again would not help. */
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
