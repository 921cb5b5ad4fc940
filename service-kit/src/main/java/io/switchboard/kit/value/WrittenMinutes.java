package io.switchboard.kit.value;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A length of time as a language model writes it: {@code 30}, {@code 30 minutes}, {@code 1 hour}. */
public final class WrittenMinutes {
    private static final Pattern MINUTES = Pattern.compile("(\\d{1,6})(?:\\.0+)? ?(?:m|min|mins|minute|minutes)?\\.?");
    private static final Pattern HOURS = Pattern.compile("(\\d{1,2}) ?(?:h|hr|hrs|hour|hours)\\.?");

    private WrittenMinutes() {}

    /** Null for anything else. */
    public static @Nullable Integer of(String given) {
        var written = given.strip().toLowerCase(Locale.ROOT);
        var minutes = MINUTES.matcher(written);
        if (minutes.matches()) {
            return Integer.valueOf(minutes.group(1));
        }
        var hours = HOURS.matcher(written);
        return hours.matches() ? 60 * Integer.parseInt(hours.group(1)) : null;
    }
}
