package io.switchboard.voice.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-29T01:00:00Z");

    @Test
    void seconds_and_dates_are_read() {
        assertEquals(Duration.ofSeconds(120), RetryAfter.of("120", NOW));
        assertEquals(Duration.ofMinutes(5), RetryAfter.of("Sun, 29 Nov 2026 01:05:00 GMT", NOW));
    }

    @Test
    void an_hour_is_the_most() {
        assertEquals(Duration.ofHours(1), RetryAfter.of("999999999", NOW));
        assertEquals(Duration.ofHours(1), RetryAfter.of("Sun, 29 Nov 2099 01:05:00 GMT", NOW));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"0", "-5", "soon", "1.5", "9999999999", "Sun, 29 Nov 2020 01:05:00 GMT", "١٢٠"})
    void anything_else_is_no_wait(String header) {
        assertNull(RetryAfter.of(header, NOW));
    }
}
