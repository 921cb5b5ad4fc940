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

/** For senders that bring each row by itself: several at once, and none holds up another. */
public final class RowByRow {
    private static final Logger LOG = Logger.getLogger(RowByRow.class);
    private static final int AT_ONCE = 8;
    private static final int MOST_TRIES = 200; // that counted: two days

    /** Well under the lease: rows that are not begun by then are left for the next claim. */
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private RowByRow() {}

    /** What became of one row; the failure where it was not delivered. */
    private record Outcome(OutboxRow row, @Nullable Throwable failure) {
        boolean foundReceiverAway() {
            return failure instanceof PeerAway;
        }

        String reason() {
            return CleanText.line(failure == null ? null : failure.getMessage());
        }

        boolean isFinal() {
            return failure instanceof RowRefused refusal && refusal.isForGood()
                    || !foundReceiverAway() && row.attempts() >= MOST_TRIES;
        }
    }

    /**
     * What became of the rows. Where there are none but those that found the receiver away, it fails as the first of them did.
     *
     * @param way brings one row; fails with {@link PeerAway} if the receiver is away, and with {@link RowRefused} if it does not
     *     take the row. Any other failure counts as a refusal for now.
     */
    public static Uni<SendResult> deliver(List<OutboxRow> rows, Function<OutboxRow, Uni<?>> way) {
        var end = System.nanoTime() + LONGEST_NANOS;
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUni(row -> System.nanoTime() < end ? brought(row, way) : left(row))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .chain(RowByRow::sorted);
    }

    private static Uni<Outcome> brought(OutboxRow row, Function<OutboxRow, Uni<?>> way) {
        return Uni.createFrom()
                .deferred(() -> way.apply(row).replaceWithVoid())
                .map(done -> new Outcome(row, null))
                .onFailure()
                .recoverWithItem(failure -> new Outcome(row, failure));
    }

    private static Uni<Outcome> left(OutboxRow row) {
        return Uni.createFrom().item(new Outcome(row, new PeerAway("the receiver", "too slow for so many rows")));
    }

    private static Uni<SendResult> sorted(List<Outcome> outcomes) {
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
