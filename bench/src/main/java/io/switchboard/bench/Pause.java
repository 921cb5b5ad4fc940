package io.switchboard.bench;

import io.switchboard.local.Refusal;

/** Waits without taking processor time from what is measured. */
final class Pause {
    private Pause() {}

    static void seconds(long seconds) {
        millis(seconds * 1_000);
    }

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }
}
