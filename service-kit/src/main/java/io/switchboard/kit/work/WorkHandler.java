package io.switchboard.kit.work;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Does the work of one kind; one bean for each kind. Work is done at least once. */
public interface WorkHandler {
    int MOST_TRIES = 8;
    Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

    /** The kind in {@link WorkQueue#add}. */
    String kind();

    /** How many pieces run at once in a replica. */
    default int concurrency() {
        return 1;
    }

    /**
     * Does the piece, from its saved progress on. Answers the result, which is kept with the piece; null for no result.
     *
     * <p>Long work saves its progress in the transaction of each step: see {@link WorkPiece#save}. When the lease is lost, that
     * fails, and so must the run.
     */
    Uni<@Nullable JsonObject> run(WorkPiece piece);

    /** The wait before the next try after a failure; null makes the piece a dead letter. */
    default @Nullable Duration retryAfter(WorkPiece piece, Throwable failure) {
        return piece.attempts() < MOST_TRIES ? BACKOFF.after(piece.attempts()) : null;
    }
}
