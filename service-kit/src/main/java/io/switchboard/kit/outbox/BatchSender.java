package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.OutboxSender.OutboxRow;
import io.switchboard.kit.outbox.OutboxSender.SendResult;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.peer.PeerRefusal;
import io.switchboard.kit.text.CleanText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Sends rows in batches. A failed batch is halved, down to the row that fails: a row that the receiver refuses is set aside, any
 * other is tried again later, and the remaining rows are sent. It ends early, with the rows done by then, when the receiver is
 * away, accepts nothing, or needs more time than the lease of the rows allows.
 */
final class BatchSender {
    private static final Logger LOG = Logger.getLogger(BatchSender.class);
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);

    /** Not about the rows: our token is not accepted yet, or a proxy does not reach the receiver. */
    private static final Set<Integer> NOT_READY = Set.of(401, 403, 502, 504);

    private static final int MOST_POSTS = 64;
    private static final int MOST_FAILED_ROWS = 3; // in a row
    private static final long LONGEST_NANOS = Duration.ofSeconds(15).toNanos();

    /** Posts the first of the rows, as many as fit. */
    interface Post {
        Uni<Sent> send(List<OutboxRow> rows);
    }

    /**
     * The receiver's answer to a batch.
     *
     * @param refused the rows of it that it refused, and why
     */
    record Sent(List<OutboxRow> rows, Map<UUID, String> refused) {}

    private final Post post;
    private final Deque<List<OutboxRow>> pending = new ArrayDeque<>();
    private final List<UUID> delivered = new ArrayList<>();
    private final Map<UUID, String> refused = new HashMap<>();
    private final List<UUID> later = new ArrayList<>();
    private final long end = System.nanoTime() + LONGEST_NANOS;
    private int posts;
    private int failedRows;

    private BatchSender(List<OutboxRow> rows, Post post) {
        this.post = post;
        pending.push(rows);
    }

    /** Fails if the receiver is away and no row was delivered or refused. */
    static Uni<SendResult> deliver(List<OutboxRow> rows, Post post) {
        return new BatchSender(rows, post).next();
    }

    private Uni<SendResult> next() {
        if (pending.isEmpty() || posts == MOST_POSTS || failedRows == MOST_FAILED_ROWS || System.nanoTime() > end) {
            return Uni.createFrom().item(this::soFar);
        }
        var rows = pending.pop();
        posts++;
        return Uni.createFrom()
                .deferred(() -> post.send(rows))
                .invoke(sent -> note(rows, sent))
                .replaceWith(true)
                .onFailure(BatchSender::isOfTheRows)
                .recoverWithItem(failure -> halve(rows, failure))
                .onFailure(away -> isAnythingDone())
                .recoverWithItem(false)
                .chain(goOn -> goOn ? next() : Uni.createFrom().item(this::soFar));
    }

    private void note(List<OutboxRow> rows, Sent sent) {
        failedRows = 0;
        int count = sent.rows().size();
        if (count < rows.size()) {
            pending.push(rows.subList(count, rows.size()));
        }
        refused.putAll(sent.refused());
        sent.rows().stream()
                .map(OutboxRow::id)
                .filter(id -> !sent.refused().containsKey(id))
                .forEach(delivered::add);
    }

    private boolean halve(List<OutboxRow> rows, Throwable failure) {
        int half = rows.size() / 2;
        if (half > 0) {
            pending.push(rows.subList(half, rows.size()));
            pending.push(rows.subList(0, half));
        } else if (failure instanceof PeerRefusal refusal && REFUSALS.contains(refusal.status())) {
            refused.put(rows.get(0).id(), refusal.getMessage());
        } else {
            LOG.warnf("Outbox row %s waits by itself: %s", rows.get(0).id(), CleanText.line(failure.getMessage()));
            later.add(rows.get(0).id());
            failedRows++;
        }
        return true;
    }

    private boolean isAnythingDone() {
        return !delivered.isEmpty() || !refused.isEmpty() || !later.isEmpty();
    }

    private SendResult soFar() {
        return new SendResult(List.copyOf(delivered), Map.copyOf(refused), List.copyOf(later));
    }

    private static boolean isOfTheRows(Throwable failure) {
        return !(failure instanceof PeerAway)
                && !(failure instanceof PeerRefusal refusal && NOT_READY.contains(refusal.status()));
    }
}
