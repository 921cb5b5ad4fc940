package io.switchboard.kit.work;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * One kind of work: how its pieces are leased from the database, and what is done about each.
 *
 * @param <P> a leased piece
 */
public interface Work<P> {
    /** Begins a sentence of the log. */
    String name();

    /**
     * Leases pieces that are due; none where there are none.
     *
     * @param held what the loop has leased already and has not ended
     */
    Uni<List<P>> claim(int atMost, List<P> held);

    /** Does the work and notes what came of it. A failure makes the whole loop wait: what fails for its own sake is noted. */
    Uni<?> run(P piece);

    /** Gives leases back, of pieces that were not begun. */
    Uni<?> release(List<P> pieces);

    /** Owners take turns: the next piece is of the one with the fewest running. */
    default Object owner(P piece) {
        return "all";
    }
}
