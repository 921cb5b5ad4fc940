package io.switchboard.bench;

/** The results of one run, kept apart: of the warm-up, of the measured time, and of the answers after it. */
final class Tally {
    private final Load warmUp = new Load();
    private final Load measured = new Load();
    private final Load tail = new Load();
    private Load page = warmUp;

    /** Where the next answer goes. */
    Load page() {
        return page;
    }

    void measure() {
        page = measured;
    }

    void end(double seconds) {
        measured.over(seconds);
        page = tail;
    }

    boolean ended() {
        return page == tail;
    }

    Load measured() {
        return measured;
    }

    /** Every request that was answered well, whether it counted or not. */
    long acknowledged() {
        return warmUp.succeeded() + measured.succeeded() + tail.succeeded();
    }
}
