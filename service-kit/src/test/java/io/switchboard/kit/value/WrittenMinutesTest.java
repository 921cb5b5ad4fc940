package io.switchboard.kit.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenMinutesTest {
    @ParameterizedTest
    @CsvSource({"30, 30", "30.0, 30", "' 45 min. ', 45", "20m, 20", "90 Minutes, 90", "1 hour, 60", "2h, 120"})
    void lengths_are_read_in_many_forms(String given, int minutes) {
        assertEquals(minutes, WrittenMinutes.of(given));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "half an hour", "-30", "30.5", "1e3", "99999999"})
    void anything_else_is_no_length(String given) {
        assertNull(WrittenMinutes.of(given));
    }
}
