package io.switchboard.bench;

import io.switchboard.local.Refusal;

/** Waits without taking processor time from what is measured. */
public final class Pause {
    private Pause() {}

    public static void seconds(long seconds) {
        millis(seconds * 1_000);
    }

    /** Waits until it has ended. */
    public static void until(Thread ended) {
        try {
            ended.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }

    public static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }
}
