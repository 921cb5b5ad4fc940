package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks again and again until something holds, within a patience that is no measure of speed. */
final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long EVERY_NANOS = 50_000_000;

    private Eventually() {}

    static void holds(String what, BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                fail("Within " + PATIENCE.toSeconds() + " s it was not so that " + what);
            }
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (Refusal notNow) {
            return false; // a service that is being started again
        }
    }
}
