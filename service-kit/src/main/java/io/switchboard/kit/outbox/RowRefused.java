package io.switchboard.kit.outbox;

/** A receiver that is there does not take a row: ever, or for now. The reason is logged and kept. */
public final class RowRefused extends RuntimeException {
    private final boolean forGood;

    private RowRefused(String reason, boolean forGood) {
        super(reason, null, false, false);
        this.forGood = forGood;
    }

    public static RowRefused forGood(String reason) {
        return new RowRefused(reason, true);
    }

    public static RowRefused forNow(String reason) {
        return new RowRefused(reason, false);
    }

    boolean isForGood() {
        return forGood;
    }
}
