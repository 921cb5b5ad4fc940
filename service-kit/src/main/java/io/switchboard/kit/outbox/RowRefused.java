package io.switchboard.kit.outbox;

/** A reachable receiver refuses a row, permanently or for now. The reason is logged and kept. */
public final class RowRefused extends RuntimeException {
    private final boolean permanent;

    private RowRefused(String reason, boolean permanent) {
        super(reason, null, false, false);
        this.permanent = permanent;
    }

    public static RowRefused permanent(String reason) {
        return new RowRefused(reason, true);
    }

    public static RowRefused forNow(String reason) {
        return new RowRefused(reason, false);
    }

    boolean isPermanent() {
        return permanent;
    }
}
