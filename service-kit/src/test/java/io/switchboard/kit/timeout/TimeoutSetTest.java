package io.switchboard.kit.timeout;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TimeoutSetTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration SHORT = Duration.ofMillis(50);

    private final List<String> late = new CopyOnWriteArrayList<>();

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void what_is_over_its_time_is_late_once_the_oldest_first() {
        var deadlines = new TimeoutSet<String>(VERTX, SHORT, late::add);
        for (var thing : List.of("a", "b", "c")) {
            deadlines.add(thing);
        }
        deadlines.remove("b");
        await().until(() -> late.size() == 2);
        deadlines.add("d"); // the timer is set anew
        await().until(() -> late.size() == 3);
        assertEquals(List.of("a", "c", "d"), late);
    }

    /** Also of what comes while the timer of an older one runs. */
    @Test
    void nothing_is_late_before_its_time() {
        var deadlines = new TimeoutSet<String>(VERTX, SHORT, late::add);
        deadlines.add("first");
        await().until(() -> late.size() == 1);
        deadlines.add("second");
        deadlines.remove("second");
        var begun = System.nanoTime();
        deadlines.add("third");
        await().until(() -> late.contains("third"));
        assertTrue(NANOSECONDS.toMillis(System.nanoTime() - begun) >= SHORT.toMillis());
        assertEquals(List.of("first", "third"), late);
    }
}
