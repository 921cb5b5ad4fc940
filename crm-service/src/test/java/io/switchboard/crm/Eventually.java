package io.switchboard.crm;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.function.Executable;

/** Waits for what happens by itself a little later. */
public final class Eventually {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private Eventually() {}

    public static void holds(Executable claim) {
        var until = System.nanoTime() + PATIENCE_NANOS;
        while (!holdsNow(claim) && System.nanoTime() < until) {
            LockSupport.parkNanos(20_000_000);
        }
        if (!holdsNow(claim)) {
            throw new AssertionError("does not hold after " + PATIENCE_NANOS / 1_000_000_000L + " s");
        }
    }

    private static boolean holdsNow(Executable claim) {
        try {
            claim.execute();
            return true;
        } catch (Throwable notYet) {
            return false;
        }
    }
}
