package io.switchboard.kit.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaGuardTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "-x", "@sum", "\tx", "\rx", "'=1", "''-x", "+49 30", "+1;-2", "=\n"})
    void what_a_spreadsheet_would_compute_has_an_apostrophe_in_front(String cell) {
        assertEquals("'" + cell, FormulaGuard.guard(cell));
        assertEquals(cell, FormulaGuard.unguard(FormulaGuard.guard(cell)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "'", "'x", "1-2", " =1", "+15555550142", "+15555550142;+15555550143", "x\n=1"})
    void all_else_stays_as_it_is(String cell) {
        assertEquals(cell, FormulaGuard.guard(cell));
        assertEquals(cell, FormulaGuard.unguard(cell));
    }
}
