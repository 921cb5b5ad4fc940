package io.switchboard.crm;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.function.Executable;

/** Waits for what happens by itself a little later. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Eventually() {}

    public static void holds(Executable claim) {
        within(PATIENCE, claim);
    }

    public static void within(Duration longest, Executable claim) {
        var until = System.nanoTime() + longest.toNanos();
        while (!holdsNow(claim) && System.nanoTime() < until) {
            LockSupport.parkNanos(20_000_000);
        }
        if (!holdsNow(claim)) {
            throw new AssertionError("does not hold after " + longest.toSeconds() + " s");
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
