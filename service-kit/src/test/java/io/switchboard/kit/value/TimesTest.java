package io.switchboard.kit.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-06-01T12:00:00Z",
                "2026-06-01T12:00Z",
                "2026-06-01t12:00:00.000z",
                "2026-06-01 12:00:00Z",
                "2026-06-01 12:00:00 UTC",
                "2026-06-01T14:00:00+02:00",
                "2026-06-01T14:00:00+0200",
                "2026-06-01T14:00:00+02",
                "2026-06-01 14:00:00 +0200",
                "2026-06-01T08:30:00\u221203:30",
                "2026-06-01T08:30:00-03:30",
                "2026-06-01T12:00:00.0000000000000Z",
                "2026-06-01T12:00:00,000+00:00",
                " 2026-06-01T12:00:00Z ",
                "2026-06-01T12:00:00",
                "2026-06-01 12:00:00",
                "Mon, 01 Jun 2026 12:00:00 +0000",
                "Mon, 1 Jun 2026 14:00:00 +0200",
                "1 jun 2026 12:00:00 GMT",
                "1780315200",
                "1780315200.0",
                "1780315200000",
                "1780315200000.5",
                "1.7803152E+12",
                "1780315200000000",
                "1780315200000000000"
            })
    void every_spelling_is_the_same_time(String text) {
        assertEquals(NOON.getEpochSecond(), Times.read(text).getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "now",
                "0",
                "-1",
                "2026-06-01",
                "12:00:00",
                "2026-02-30T12:00:00Z",
                "2026-06-01T25:00:00Z",
                "2026-06-01T12:00:00+19:00",
                "0000-06-01T12:00:00Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "10000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "+294277-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "-4800-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "Mon, 01 Jun 12026 12:00:00 +0000",
                "178031520",
                "17803152000000000000000",
                "1e30000000",
                "1e-30000000",
                "NaN",
                "Infinity"
            })
    void other_formats_are_not_read_as_times(String text) {
        assertNull(Times.read(text));
        assertNull(Times.rfc3339(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
    })
    void the_first_and_the_last_time_are_read(String text) {
        assertEquals(Instant.parse(text), Times.read(text));
        assertEquals(OffsetDateTime.parse(text), Times.rfc3339(text));
    }

    @Test
    void a_shift_beyond_the_first_or_last_year_is_none() {
        assertEquals(NOON.minusSeconds(9), Times.shifted(NOON, Duration.ofSeconds(-9)));
        assertNull(Times.shifted(Instant.parse("9999-12-31T23:59:59Z"), Duration.ofSeconds(1)));
        assertNull(Times.shifted(Instant.parse("0001-01-01T00:00:00Z"), Duration.ofNanos(-1)));
    }

    @Test
    void a_leap_second_is_the_one_before() {
        assertEquals(Instant.parse("2016-12-31T23:59:59Z"), Times.read("2016-12-31T23:59:60Z"));
        assertNull(Times.read("2016-12-31T23:59:61Z"));
    }

    @Test
    void a_fraction_of_a_count_is_kept() {
        assertEquals(NOON.plusMillis(250), Times.sinceEpoch(new BigDecimal("1780315200.25")));
        assertEquals(NOON.plusNanos(500_000), Times.sinceEpoch(new BigDecimal("1780315200000.5")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-06-01T12:00:00", "1780315200", "1780315200000", "Mon, 01 Jun 2026 12:00:00 +0000"})
    void the_api_takes_no_time_that_has_to_be_guessed(String text) {
        assertNull(Times.rfc3339(text));
    }

    @Test
    void times_are_written_as_the_formatter_of_the_jdk_does() {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            int digits = (int) Math.pow(10, random.nextInt(10));
            var time = OffsetDateTime.ofInstant(
                    Instant.ofEpochSecond(
                            random.nextLong(-70_000_000_000L, 260_000_000_000L),
                            random.nextInt(1_000_000_000) / digits * digits),
                    random.nextInt(10) == 0 ? ZoneOffset.ofHours(2) : ZoneOffset.UTC);
            assertEquals(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time), Times.text(time));
        }
    }
}
