package io.switchboard.voice.webhook;

/** Whether so much arrives at the moment that storing it wants the machine for itself. */
final class Pressure {
    /** Rows a commit: where one or two are the rule, deliveries do not queue. */
    private static final double HIGH = 8;

    private static final long RECENT_NANOS = 250_000_000L;

    private double rowsOfLate;
    private long lastAt = System.nanoTime() - RECENT_NANOS;

    synchronized void committed(int rows) {
        rowsOfLate = rowsOfLate * 0.9 + rows * 0.1;
        lastAt = System.nanoTime();
    }

    synchronized boolean isHigh() {
        return rowsOfLate >= HIGH && System.nanoTime() - lastAt < RECENT_NANOS;
    }
}
