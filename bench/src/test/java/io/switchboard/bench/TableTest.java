package io.switchboard.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_aligned_in_markdown() {
        assertEquals(
                """
                | way   |    n |
                |-------|-----:|
                | limit | 40.0 |
                |       |  8.5 |
                """,
                new Table(1, "way", "n").row("limit", "40.0").row("", "8.5").text());
    }
}
