package io.switchboard.kit.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    @Test
    void waits_double_up_to_the_longest() {
        long[] whole = {100, 200, 400, 800, 1_600, 2_000, 2_000};
        for (int failures = 1; failures <= whole.length; failures++) {
            assertWithin(whole[failures - 1], failures);
        }
        assertWithin(2_000, 5_000);
        assertWithin(2_000, Integer.MAX_VALUE);
    }

    @Test
    void a_first_wait_of_zero_stays_zero() {
        assertEquals(Duration.ZERO, new Backoff(Duration.ZERO, Duration.ofSeconds(1)).after(3));
    }

    private void assertWithin(long millis, int failures) {
        for (int i = 0; i < 50; i++) {
            var wait = backoff.after(failures).toMillis();
            assertTrue(wait >= millis / 2 && wait <= millis, () -> failures + ": " + wait);
        }
    }
}
