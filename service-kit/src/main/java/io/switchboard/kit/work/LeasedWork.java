package io.switchboard.kit.work;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue for a {@link ClaimLoop}: how its pieces are leased from the database, and what is done with each.
 *
 * @param <P> a leased piece
 */
public interface LeasedWork<P> {
    /** Begins a log sentence. */
    String name();

    /**
     * Leases pieces that are due; an empty list if none is.
     *
     * @param held what the loop has leased and not ended
     */
    Uni<List<P>> claim(int atMost, List<P> held);

    /** Does the work and stores its outcome. A failure makes the whole loop wait, so a piece's own failure is stored instead. */
    Uni<?> run(P piece);

    /**
     * Whether more may be due now that the piece has ended, or was when it was claimed. If not, and it did not fail, only a wake or
     * the poll asks the queue again.
     */
    default boolean mayHaveFollowers(P piece) {
        return true;
    }

    /** Gives leases back. */
    Uni<?> release(List<P> pieces);

    /** Extends leases, called each {@link #renewEvery}. */
    default Uni<?> renew(List<P> pieces) {
        return Uni.createFrom().voidItem();
    }

    /** A third of the lease; null if a piece always ends within its lease. */
    default @Nullable Duration renewEvery() {
        return null;
    }

    /** Owners take turns: the next piece is of the owner with the fewest running. */
    default Object owner(P piece) {
        return "all";
    }
}
