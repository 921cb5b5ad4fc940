package io.switchboard.kit.value;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers from outside, read only where computing with them is cheap: {@code 1e-30000000} takes ten characters to write and
 * seconds to round.
 */
public final class BoundedNumbers {
    /** Of the whole number as written. */
    public static final int MOST_CHARACTERS = 1_000;

    /** Exponents of three digits, as PostgreSQL's numeric has room for. */
    private static final Pattern BOUNDED =
            Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?0*+[0-9]{1,3}+)?");

    private BoundedNumbers() {}

    /** False also for NaN and the infinities, which are no decimal numbers. */
    public static boolean isBounded(String text) {
        return text.length() <= MOST_CHARACTERS && BOUNDED.matcher(text).matches();
    }

    /** Null if the text is missing, not a number, or out of bounds. */
    public static @Nullable BigDecimal decimal(@Nullable String text) {
        var number = text == null || text.length() > 2 * MOST_CHARACTERS ? null : text.strip();
        return number != null && isBounded(number) ? new BigDecimal(number) : null;
    }

    /** A count from 0 to the most, its fraction cut off; null for nothing and for what lies outside. */
    public static @Nullable Integer count(@Nullable BigDecimal number, int most) {
        return number == null || number.signum() < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0
                ? null
                : Integer.valueOf(number.intValue());
    }
}
