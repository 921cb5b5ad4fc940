package io.switchboard.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void a_bound_is_told_with_the_unit_of_the_value() {
        assertEquals("≤ 64 MiB", Figure.atMost(64, "memory", 12, "%.0f MiB").bound());
        assertEquals("≥ 0.50", Figure.atLeast(0.5, "share", 0.7, "%.2f").bound());
        assertEquals("", Figure.shown("rows", 1_234, "%,.0f").bound());
        assertEquals("1,234", Figure.shown("rows", 1_234, "%,.0f").text());
    }

    @Test
    void a_figure_that_was_not_measured_misses_its_bound() {
        assertTrue(Figure.atMost(1.1, "time", Double.NaN, "%.2f").isMissed());
        assertTrue(Figure.atMost(1.1, "time", 1.2, "%.2f").isMissed());
        assertTrue(Figure.atLeast(0.5, "share", 0.4, "%.2f").isMissed());
        assertFalse(Figure.atLeast(0.5, "share", 0.5, "%.2f").isMissed());
        assertFalse(Figure.shown("rows", 7, "%.0f").isMissed());
    }
}
