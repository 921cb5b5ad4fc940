package io.switchboard.kit.value;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times from outside, of the years 1 to 9999: RFC 3339 has no others. */
public final class Times {
    private static final int LONGEST = 64;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** RFC 3339, and its neighbours: a blank for the T, an offset without colon or minutes, a comma, a leap second. */
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ](\\d\\d):(\\d\\d)"
            + "(?::(\\d\\d)(?:[.,](\\d{1,9})\\d*+)?)?(?: ?(Z|z|UTC|GMT|[+\\-\u2212]\\d\\d(?::?\\d\\d)?))?");

    /** RFC 2822; the weekday is ignored. */
    private static final Pattern WEEKDAY = Pattern.compile("^[A-Za-z]{3}, ?");

    private static final DateTimeFormatter MAIL = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d ")
            .appendText(ChronoField.MONTH_OF_YEAR, months())
            .appendPattern(" uuuu HH:mm[:ss] ")
            .appendOffset("+HHMM", "GMT")
            .toFormatter(Locale.ROOT);

    private Times() {}

    /** A time with its offset, as the API takes it; null for anything else. */
    public static @Nullable OffsetDateTime rfc3339(@Nullable String text) {
        var matcher = iso(text);
        return matcher == null || matcher.group(8) == null ? null : utc(read(matcher));
    }

    /** A time as providers spell it: ISO 8601 (of UTC where no offset is told), RFC 2822 or a count since 1970. */
    public static @Nullable Instant read(@Nullable String text) {
        var matcher = iso(text);
        if (matcher != null) {
            return read(matcher);
        }
        var stripped = text == null || text.length() > LONGEST ? null : text.strip();
        var count = BoundedNumbers.decimal(stripped);
        return count != null ? sinceEpoch(count) : stripped == null ? null : mail(stripped);
    }

    /**
     * A count of seconds, or of thousandths, millionths or billionths of them, since 1970: the magnitude tells which. Null
     * outside the years 2000 to 2100, in which the four cannot be confused.
     */
    public static @Nullable Instant sinceEpoch(BigDecimal count) {
        for (int scale = 0; scale <= 9; scale += 3) {
            var seconds = count.movePointLeft(scale);
            if (seconds.compareTo(BigDecimal.valueOf(946_684_800L)) >= 0
                    && seconds.compareTo(BigDecimal.valueOf(4_102_444_800L)) < 0) {
                var whole = seconds.longValue();
                var nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9);
                return Instant.ofEpochSecond(whole, nanos.longValue());
            }
        }
        return null;
    }

    /** RFC 3339 with as many digits of a second as it has, as {@link DateTimeFormatter#ISO_OFFSET_DATE_TIME} writes it. */
    public static String text(OffsetDateTime time) {
        if (!time.getOffset().equals(ZoneOffset.UTC) || time.getYear() < 0 || time.getYear() > 9999) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
        }
        var text = new char[30];
        digits(text, 0, 4, time.getYear());
        text[4] = '-';
        digits(text, 5, 2, time.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, time.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, time.getHour());
        text[13] = ':';
        digits(text, 14, 2, time.getMinute());
        text[16] = ':';
        digits(text, 17, 2, time.getSecond());
        int end = 19;
        if (time.getNano() > 0) {
            text[end] = '.';
            digits(text, 20, 9, time.getNano());
            end = 29;
            while (text[end - 1] == '0') {
                end--;
            }
        }
        text[end] = 'Z';
        return new String(text, 0, end + 1);
    }

    private static void digits(char[] text, int from, int count, int value) {
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (char) ('0' + value % 10);
            value /= 10;
        }
    }

    /** So much later, or earlier for a negative duration; null outside the years 1 to 9999. */
    public static @Nullable Instant shifted(Instant time, Duration by) {
        return plain(time.plus(by));
    }

    /** Whether it has a year of four digits, in UTC. */
    private static boolean isPlain(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    private static @Nullable Matcher iso(@Nullable String text) {
        var matcher = text == null || text.length() > LONGEST ? null : ISO.matcher(text.strip());
        return matcher != null && matcher.matches() ? matcher : null;
    }

    private static @Nullable Instant read(Matcher iso) {
        try {
            var seconds = iso.group(6) == null ? 0 : Integer.parseInt(iso.group(6));
            var local = LocalDateTime.of(
                    Integer.parseInt(iso.group(1)),
                    Integer.parseInt(iso.group(2)),
                    Integer.parseInt(iso.group(3)),
                    Integer.parseInt(iso.group(4)),
                    Integer.parseInt(iso.group(5)),
                    seconds == 60 ? 59 : seconds, // a leap second
                    iso.group(7) == null ? 0 : Integer.parseInt((iso.group(7) + "00000000").substring(0, 9)));
            return plain(local.toInstant(offset(iso.group(8))));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ZoneOffset offset(@Nullable String told) {
        return told == null || Character.isLetter(told.charAt(0))
                ? ZoneOffset.UTC
                : ZoneOffset.of(told.replace('\u2212', '-').replaceFirst("^(.\\d\\d)$", "$1:00"));
    }

    private static @Nullable Instant mail(String text) {
        try {
            return plain(Instant.from(
                    MAIL.parse(WEEKDAY.matcher(text).replaceFirst("").replaceFirst("(UTC|Z)$", "GMT"))));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant plain(Instant time) {
        return isPlain(time) ? time : null;
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static Map<Long, String> months() {
        return Map.ofEntries(
                Map.entry(1L, "Jan"),
                Map.entry(2L, "Feb"),
                Map.entry(3L, "Mar"),
                Map.entry(4L, "Apr"),
                Map.entry(5L, "May"),
                Map.entry(6L, "Jun"),
                Map.entry(7L, "Jul"),
                Map.entry(8L, "Aug"),
                Map.entry(9L, "Sep"),
                Map.entry(10L, "Oct"),
                Map.entry(11L, "Nov"),
                Map.entry(12L, "Dec"));
    }
}
