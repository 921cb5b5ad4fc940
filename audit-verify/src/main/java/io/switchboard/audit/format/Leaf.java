package io.switchboard.audit.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record as a leaf of its organization's tree, in canonical form v1. It holds hashes of what may be personal, never the values.
 *
 * @param sequence its place in the tree, from 0
 * @param occurredAt in microseconds: what is finer is cut off, as are those of recordedAt
 * @param dataHash of {@link PrivateParts#data}; null if the record has neither old nor new data
 * @param originHash of {@link PrivateParts#origin}; null if the record has neither address nor agent
 */
public record Leaf(
        UUID org,
        UUID id,
        long sequence,
        Instant occurredAt,
        Instant recordedAt,
        @Nullable String actorId,
        String actorType,
        String action,
        String resourceType,
        @Nullable String resourceId,
        String service,
        String outcome,
        @Nullable String requestId,
        byte @Nullable [] dataHash,
        byte @Nullable [] originHash) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String ZEROS = "0000-00-00T00:00:00.000000Z";
    private static final int VERSION = 1;

    /** The canonical JSON, which is also what exports and proofs show. */
    public byte[] bytes() {
        return new CanonicalJson()
                .text("action", action)
                .text("actorId", actorId)
                .text("actorType", actorType)
                .text("data", hex(dataHash))
                .text("id", id.toString())
                .text("occurredAt", time(occurredAt))
                .text("org", org.toString())
                .text("origin", hex(originHash))
                .text("outcome", outcome)
                .text("recordedAt", time(recordedAt))
                .text("requestId", requestId)
                .text("resourceId", resourceId)
                .text("resourceType", resourceType)
                .number("sequence", sequence)
                .text("service", service)
                .number("v", VERSION)
                .bytes();
    }

    /** The leaf hash of RFC 9162. */
    public byte[] hash() {
        return TreeHash.leaf(bytes());
    }

    /** A formatter takes several times as long; it is for years of more or fewer than four digits. */
    private static String time(Instant time) {
        int micros = time.getNano() / 1000;
        var text = LocalDateTime.ofEpochSecond(time.getEpochSecond(), micros * 1000, ZoneOffset.UTC)
                .toString(); // without zeros at its end
        return text.charAt(4) == '-' ? text + ZEROS.substring(text.length()) : TIME.format(time);
    }

    private static @Nullable String hex(byte @Nullable [] hash) {
        return hash == null ? null : HexFormat.of().formatHex(hash);
    }
}
