package io.switchboard.kit.stream;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys to read on from. They go by the time in UUIDs of version 7, so no record need have them. */
final class ResumePoint {
    /** What is committed later than this after its id was made is missed by streams that were not open. */
    static final Duration LATEST_COMMIT = Duration.ofSeconds(15);

    private static final int MILLIS_SHIFT = 16;
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private ResumePoint() {}

    /** Where a stream continues, 15 seconds before its last event; null for a header that is none or no such id. */
    static @Nullable UUID of(@Nullable String lastEventId) {
        var id = parse(lastEventId);
        return id == null || id.version() != 7 || id.variant() != 2
                ? null
                : before(Math.min(id.getMostSignificantBits() >>> MILLIS_SHIFT, System.currentTimeMillis()));
    }

    /** The key of 15 seconds before a time in milliseconds. */
    static UUID before(long millis) {
        var floor = Math.max(0, millis - LATEST_COMMIT.toMillis());
        return new UUID(floor << MILLIS_SHIFT | VERSION_7, VARIANT);
    }

    private static @Nullable UUID parse(@Nullable String text) {
        try {
            return text == null || text.length() != 36 ? null : UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
