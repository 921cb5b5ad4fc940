package io.switchboard.audit.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record in a verifiable export, or in a proof.
 *
 * @param data {@link PrivateParts#dataJson}; null if the record has none, or had and it is erased
 * @param origin {@link PrivateParts#originJson}; likewise
 * @param erasedAt when a part was erased
 */
public record ExportLine(
        Leaf leaf,
        byte @Nullable [] data,
        byte @Nullable [] origin,
        @Nullable Instant erasedAt) {

    /** One line, without its line feed. */
    public byte[] json() {
        return Json.object(this::write);
    }

    void write(JsonGenerator json) throws IOException {
        Json.raw(json, "leaf", leaf.bytes());
        Json.raw(json, "data", data);
        Json.raw(json, "origin", origin);
        Json.time(json, "erasedAt", erasedAt);
    }

    /**
     * Stands for a record of the range that cannot be shown as it was sealed.
     *
     * @param reason "missing": in place of a sealed record that is gone; "added": before the sealed record that follows, for a row
     *     that was never sealed; "moved": in place of a record whose row is elsewhere
     */
    public static byte[] broken(String reason, UUID id) {
        return Json.object(json -> {
            json.writeStringField("broken", reason);
            json.writeStringField("id", id.toString());
        });
    }
}
