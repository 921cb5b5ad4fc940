package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeoutSetTest {
    private final List<String> late = new ArrayList<>();

    @Test
    void what_is_over_its_time_is_late_once() {
        var deadlines = new TimeoutSet<String>(0, late::add);
        deadlines.add("a");
        deadlines.add("b");
        deadlines.add("c");
        deadlines.remove("b");
        deadlines.sweep();
        deadlines.sweep();
        assertEquals(List.of("a", "c"), late);
    }

    @Test
    void what_has_time_left_is_not() {
        var deadlines = new TimeoutSet<String>(60_000, late::add);
        deadlines.add("a");
        deadlines.sweep();
        assertEquals(List.of(), late);
    }
}
