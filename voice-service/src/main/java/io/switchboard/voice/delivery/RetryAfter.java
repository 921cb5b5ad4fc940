package io.switchboard.voice.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header Retry-After (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {
    /** A longer wait is taken for this one. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RetryAfter() {}

    /** Null if it names no time to come. */
    static @Nullable Duration of(@Nullable String header, Instant now) {
        var wait = header == null ? null : read(header.strip(), now);
        if (wait == null || wait.isNegative() || wait.isZero()) {
            return null;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable Duration read(String header, Instant now) {
        if (SECONDS.matcher(header).matches()) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        try {
            return Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
        } catch (DateTimeException noDate) {
            return null;
        }
    }
}
