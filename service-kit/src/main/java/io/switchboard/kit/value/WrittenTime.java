package io.switchboard.kit.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A day, or a day and a time of day, as a language model writes it.
 *
 * @param day ISO 8601
 * @param time with the offset, if there is one; null for a day alone
 */
public record WrittenTime(LocalDate day, @Nullable String time) {
    public static final int LONGEST = 64;

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)(?:(?:[Tt]|,? (?:at )?)(\\S.*))?");

    /** Tuesday, December 1, 2026 at 3:30 PM: as the tools say it themselves. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:\\p{L}+,? )?(\\p{L}{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?:,? (?:at )?(\\S.*))?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HALVES =
            Pattern.compile("(\\d{1,2})(?::(\\d\\d))?(?::\\d\\d)? ?([ap])\\.?m\\.?", Pattern.CASE_INSENSITIVE);

    /** Null for what has no day that can be read. The time may still be none. */
    public static @Nullable WrittenTime of(String given) {
        var text = given.strip().replaceAll("[\\s\\u00a0\\u202f]+", " ");
        try {
            var iso = ISO.matcher(text);
            if (iso.matches()) {
                return new WrittenTime(day(iso.group(1), number(iso.group(2)), iso.group(3)), time(iso.group(4)));
            }
            var named = NAMED.matcher(text);
            return named.matches()
                    ? new WrittenTime(day(named.group(3), month(named.group(1)), named.group(2)), time(named.group(4)))
                    : null;
        } catch (DateTimeException noDay) {
            return null;
        }
    }

    /** As the database reads it: ISO 8601, local where it has no offset. Midnight for a day alone. */
    public String iso() {
        return day + "T" + (time == null ? "00:00" : time);
    }

    /** The end of a day alone; else the time itself. */
    public String isoOfEnd() {
        return time == null ? day.plusDays(1) + "T00:00" : iso();
    }

    private static LocalDate day(String year, int month, String day) {
        return LocalDate.of(number(year), month, number(day));
    }

    private static int month(String name) {
        return MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    private static @Nullable String time(@Nullable String written) {
        if (written == null) {
            return null;
        }
        var halves = HALVES.matcher(written);
        return halves.matches() ? ofHalves(halves) : written;
    }

    private static String ofHalves(Matcher time) {
        var hour = number(time.group(1));
        var minute = time.group(2) == null ? "00" : time.group(2);
        var isAfternoon = time.group(3).equalsIgnoreCase("p");
        return hour < 1 || hour > 12
                ? "none"
                : String.format(Locale.ROOT, "%02d:%s", hour % 12 + (isAfternoon ? 12 : 0), minute);
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
