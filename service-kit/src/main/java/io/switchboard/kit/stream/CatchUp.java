package io.switchboard.kit.stream;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where one stream is in what was there before it. It reads page by page; after more than one page it begins again 15 seconds
 * before it began, since a row may have been committed behind it meanwhile. It is done with a pass of a single page.
 */
final class CatchUp {
    private static final long MARGIN_MILLIS = 5_000;

    private final boolean sends;
    private @Nullable UUID after;
    private long passBegan = System.currentTimeMillis();
    private boolean isFirstPage = true;
    private Set<UUID> seen = new HashSet<>();

    /**
     * @param after null for the last 15 seconds
     * @param sends false where what is there is only noted, as the stream begins with what comes after it
     */
    CatchUp(@Nullable UUID after, boolean sends) {
        this.after = after;
        this.sends = sends;
    }

    @Nullable
    UUID after() {
        return after;
    }

    /** Keys that the stream need not be sent again. */
    Set<UUID> seen() {
        return seen;
    }

    /** Whether the row is to be sent. */
    boolean take(UUID key) {
        after = key;
        return isNew(key) && sends;
    }

    private boolean isNew(UUID key) {
        var mayComeAgain =
                key.getMostSignificantBits() >>> 16 >= passBegan - ResumePoint.LATEST_COMMIT.toMillis() - MARGIN_MILLIS;
        return mayComeAgain ? seen.add(key) : !seen.contains(key);
    }

    /** For a state, whose keys have no time in them. */
    boolean takeState(UUID key) {
        return seen.add(key);
    }

    /** @return whether that was all */
    boolean endPage(boolean isFull) {
        if (isFull && sends) {
            isFirstPage = false;
            return false;
        }
        if (isFirstPage || !sends) {
            return true;
        }
        after = ResumePoint.before(passBegan - MARGIN_MILLIS);
        passBegan = System.currentTimeMillis();
        isFirstPage = true;
        return false;
    }
}
