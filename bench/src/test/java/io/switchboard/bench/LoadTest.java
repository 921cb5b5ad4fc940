package io.switchboard.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadTest {
    @Test
    void percentiles_are_within_a_thousandth_of_the_true_ones() {
        Load load = new Load();
        LongStream.rangeClosed(1, 10_000).forEach(i -> load.success(i * 1_000_000));
        load.over(5);
        assertEquals(5_000, load.millis(50), 5);
        assertEquals(9_900, load.millis(99), 10);
        assertEquals(2_000, load.perSecond(), 1e-9);
        assertFalse(load.failed());
    }

    @Test
    void a_load_with_errors_or_no_success_fails_with_the_reason() {
        Load some = new Load();
        some.success(1);
        some.error("status 401");
        some.error("status 401");
        assertTrue(some.failed());
        assertEquals("2 × status 401", some.troubles());
        assertEquals("nothing was answered", new Load().troubles());
    }

    @Test
    void each_part_of_a_run_has_books_of_its_own() {
        Tally tally = new Tally();
        tally.page().success(1);
        tally.measure();
        tally.page().success(1);
        tally.page().success(1);
        tally.end(1);
        tally.page().success(1);
        assertEquals(2, tally.measured().succeeded());
        assertEquals(4, tally.acknowledged());
        assertTrue(tally.ended());
    }
}
