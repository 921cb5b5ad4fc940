package io.switchboard.kit.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTimeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-12-01T15:30|2026-12-01T15:30",
                "2026-12-01 15:30:00|2026-12-01T15:30:00",
                "2026-12-01t15:30:00.000Z|2026-12-01T15:30:00.000Z",
                "2026-12-01T15:30:00-08:00|2026-12-01T15:30:00-08:00",
                "2026-12-01 3:30 PM|2026-12-01T15:30",
                "2026-12-01 at 3pm|2026-12-01T15:00",
                "2026-12-01, 12:05 a.m.|2026-12-01T00:05",
                "2026-12-01 12 p.m.|2026-12-01T12:00",
                "Tuesday, December 1, 2026 at 3:30 PM|2026-12-01T15:30",
                "Dec. 1st 2026, 3:30\u202fpm|2026-12-01T15:30",
                "december 1, 2026 15:30|2026-12-01T15:30",
                "2026-12-01|2026-12-01T00:00",
                "December 1, 2026|2026-12-01T00:00",
                "2026-12-01 13 PM|2026-12-01Tnone",
                "2026-12-01 soon|2026-12-01Tsoon"
            })
    void times_are_written_as_the_database_reads_them(String given, String iso) {
        assertEquals(iso, WrittenTime.of(given).iso());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "tomorrow", "2026-02-30", "2026-13-01T10:00", "Foo 1, 2026", "May 32, 2026", "12/01/2026"})
    void what_has_no_day_is_no_time(String given) {
        assertNull(WrittenTime.of(given));
    }

    @ParameterizedTest
    @CsvSource({"2026-12-31, 2027-01-01T00:00", "2026-12-01T15:30, 2026-12-01T15:30"})
    void a_day_alone_ends_with_it(String given, String iso) {
        assertEquals(iso, WrittenTime.of(given).isoOfEnd());
    }
}
