package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.OutboxSender.OutboxRow;
import io.switchboard.kit.outbox.OutboxSender.SendResult;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.text.CleanText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** For senders that deliver row by row: several at once, and no row holds up another. */
public final class RowByRow {
    private static final Logger LOG = Logger.getLogger(RowByRow.class);
    private static final int AT_ONCE = 8;
    private static final int MOST_TRIES = 200; // the backoff stretches them over two days

    /** Well under the lease: rows that are not begun by then are left for the next claim. */
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private RowByRow() {}

    /** The outcome for one row; with the failure if it was not delivered. */
    private record Outcome(OutboxRow row, @Nullable Throwable failure) {
        boolean foundReceiverAway() {
            return failure instanceof PeerAway;
        }

        String reason() {
            return CleanText.line(failure == null ? null : failure.getMessage());
        }

        boolean isFinal() {
            return failure instanceof RowRefused refusal && refusal.isPermanent()
                    || !foundReceiverAway() && row.attempts() >= MOST_TRIES;
        }
    }

    /**
     * Answers the outcome for the rows. If the receiver was away for all of them, it fails as the first row did.
     *
     * @param send delivers one row; fails with {@link PeerAway} if the receiver is away, and with {@link RowRefused} if it does not
     *     take the row. Any other failure counts as a refusal for now.
     */
    public static Uni<SendResult> deliver(List<OutboxRow> rows, Function<OutboxRow, Uni<?>> send) {
        var end = System.nanoTime() + LONGEST_NANOS;
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUni(row -> System.nanoTime() < end ? deliver(row, send) : skip(row))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .chain(RowByRow::sort);
    }

    private static Uni<Outcome> deliver(OutboxRow row, Function<OutboxRow, Uni<?>> send) {
        return Uni.createFrom()
                .deferred(() -> send.apply(row).replaceWithVoid())
                .map(done -> new Outcome(row, null))
                .onFailure()
                .recoverWithItem(failure -> new Outcome(row, failure));
    }

    private static Uni<Outcome> skip(OutboxRow row) {
        return Uni.createFrom().item(new Outcome(row, new PeerAway("the receiver", "too slow for so many rows")));
    }

    private static Uni<SendResult> sort(List<Outcome> outcomes) {
        var delivered = new ArrayList<UUID>();
        var refused = new HashMap<UUID, String>();
        var later = new ArrayList<UUID>();
        for (var outcome : outcomes) {
            var id = outcome.row().id();
            if (outcome.failure() == null) {
                delivered.add(id);
            } else if (outcome.isFinal()) {
                refused.put(id, outcome.reason());
            } else if (!outcome.foundReceiverAway()) {
                LOG.warnf(
                        "Outbox row %s waits by itself (try %d): %s",
                        id, outcome.row().attempts(), outcome.reason());
                later.add(id);
            }
        }
        return outcomes.stream().allMatch(Outcome::foundReceiverAway)
                ? Uni.createFrom().failure(outcomes.get(0).failure())
                : Uni.createFrom().item(new SendResult(delivered, refused, later));
    }
}
