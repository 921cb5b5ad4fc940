package io.switchboard.kit.http;

import io.switchboard.kit.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;

/** Where the next page of a keyset begins: the sort key and id of the last row shown. Opaque on the wire. */
public record Cursor(String key, UUID id) {

    public static Cursor at(OffsetDateTime time, UUID id) {
        return new Cursor(time.toString(), id);
    }

    /** Fails with {@code invalid_cursor}. */
    public static Cursor parse(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            var id = new UUID(bytes.getLong(), bytes.getLong());
            return new Cursor(StandardCharsets.UTF_8.decode(bytes).toString(), id);
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            throw invalid();
        }
    }

    /** Fails with {@code invalid_cursor} where the cursor is of a list sorted otherwise. */
    public OffsetDateTime time() {
        try {
            var time = OffsetDateTime.parse(key);
            // All that the database knows: a list never refuses where a page of its own ended.
            if (time.getYear() > -4712 && time.getYear() <= 294_276) {
                return time;
            }
            throw invalid();
        } catch (DateTimeException e) {
            throw invalid();
        }
    }

    public String encoded() {
        var text = key.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(16 + text.length)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static Problem invalid() {
        return Problem.badRequest("invalid_cursor", "The cursor is not one that this list gave out.");
    }
}
