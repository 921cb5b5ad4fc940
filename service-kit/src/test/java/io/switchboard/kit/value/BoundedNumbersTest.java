package io.switchboard.kit.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedNumbersTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "+1", "-0.5", ".5", "1.", "1e999", "1E-0000999"})
    void a_modest_number_is_bounded(String number) {
        assertTrue(BoundedNumbers.isBounded(number));
        assertEquals(new BigDecimal(number), BoundedNumbers.decimal(" " + number + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e5",
                ".",
                "1e1000",
                "1e-30000000",
                "NaN",
                "inf",
                "0x1p3",
                "1,5",
                "1 000",
                "\u0661",
                "--1",
                "1e"
            })
    void malformed_and_unbounded_numbers_are_refused(String number) {
        assertFalse(BoundedNumbers.isBounded(number));
        assertNull(BoundedNumbers.decimal(number));
    }

    @Test
    void a_number_has_at_most_a_thousand_digits() {
        assertTrue(BoundedNumbers.isBounded("9".repeat(1_000)));
        assertFalse(BoundedNumbers.isBounded("9".repeat(1_001)));
        assertNull(BoundedNumbers.decimal("9".repeat(5_000_000)));
    }

    @Test
    void a_count_lies_between_nothing_and_the_most() {
        assertEquals(12, BoundedNumbers.count(new BigDecimal("12.9"), 100));
        assertEquals(0, BoundedNumbers.count(new BigDecimal("1e-999"), 100));
        assertEquals(100, BoundedNumbers.count(new BigDecimal("1e2"), 100));
        assertNull(BoundedNumbers.count(new BigDecimal("100.1"), 100));
        assertNull(BoundedNumbers.count(new BigDecimal("-1"), 100));
        assertNull(BoundedNumbers.count(new BigDecimal("1e999"), 100));
        assertNull(BoundedNumbers.count(null, 100));
    }
}
