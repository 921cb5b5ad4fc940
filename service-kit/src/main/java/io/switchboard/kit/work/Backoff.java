package io.switchboard.kit.work;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double from one failure to the next. They are jittered, so that what failed together does not return together. */
public record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    /** Between half of the wait and all of it. @param failures in a row, at least 1 */
    public Duration after(int failures) {
        long grown = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long millis = Math.min(longest.toMillis(), grown);
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
