package io.switchboard.voice.webhook;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Stores events in micro-batches: what arrives while the batches before are being committed goes into the next. An idle
 * inbox waits for nothing, a busy one shares each commit among many, and a full one refuses.
 */
@ApplicationScoped
class Inbox {
    private static final Logger LOG = Logger.getLogger(Inbox.class);

    /** One at a time makes the largest ones, which cost the least; a second one goes out when many wait, or for long. */
    private static final int MOST_BATCHES = 2;

    private static final int MANY_WAITING = 64;
    private static final int MOST_ROWS = 256;
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int MOST_WAITING = 4_096;
    private static final int LONGEST_MILLIS = 2_000;
    private static final int SWEEP_MILLIS = 100;

    /** The data of some row is refused, or another transaction is in the way: alone, all the others will do. */
    private static final Pattern ONE_ROW = Pattern.compile("(22|23|54)...|40001|40P01|55P03");

    private static final Pattern REFUSED = Pattern.compile("(22|23|54)...");

    private final TenantSql sql;
    private final EventQueue queue;
    private final Vertx vertx;
    private final Queue<Arrival> waiting = new ArrayDeque<>();
    private final Deadlines<Arrival> deadlines =
            new Deadlines<>(LONGEST_MILLIS, late -> late.stored.tryFail(Problem.unavailable(1)));
    private int waitingRows;
    private int batches;
    private long complainedAt;

    Inbox(TenantSql sql, EventQueue queue, Vertx vertx) {
        this.sql = sql;
        this.queue = queue;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
    }

    private void sweep() {
        deadlines.sweep();
        var late = nextBesides();
        if (late != null) {
            send(late);
        }
    }

    /** Succeeds when the events are there for good, also where they were before. Fails with {@code unavailable}. */
    Future<Void> take(UUID endpoint, List<Notice> notices) {
        if (notices.isEmpty()) {
            return Future.succeededFuture();
        }
        var arrival = new Arrival(endpoint, notices);
        var batch = next(arrival);
        if (batch != null) {
            send(batch);
        }
        return arrival.stored.future();
    }

    /** The batch to send now, where there is one. */
    private synchronized List<Arrival> next(Arrival arrival) {
        if (waitingRows >= MOST_WAITING) {
            arrival.stored.fail(Problem.unavailable(1));
            return null;
        }
        waiting.add(arrival);
        waitingRows += arrival.rows();
        deadlines.add(arrival);
        if (batches == MOST_BATCHES || batches > 0 && waitingRows < MANY_WAITING) {
            return null;
        }
        batches++;
        return cut();
    }

    /** What has waited for a sweep behind a batch that is held up. */
    private synchronized List<Arrival> nextBesides() {
        var batch = batches == 1 ? cut() : List.<Arrival>of();
        if (batch.isEmpty()) {
            return null;
        }
        batches++;
        return batch;
    }

    /** What goes next, once a batch has come to its end; null when nothing waits, or may wait for the other one. */
    private synchronized List<Arrival> next() {
        if (batches > 1 && waitingRows < MANY_WAITING) {
            batches--;
            return null;
        }
        var batch = cut();
        if (batch.isEmpty()) {
            batches--;
            return null;
        }
        return batch;
    }

    private List<Arrival> cut() {
        var batch = new ArrayList<Arrival>();
        int rows = 0;
        int bytes = 0;
        for (var arrival = waiting.peek();
                arrival != null
                        && (rows == 0 || rows + arrival.rows() <= MOST_ROWS && bytes + arrival.bytes <= MOST_BYTES);
                arrival = waiting.peek()) {
            waiting.remove();
            waitingRows -= arrival.rows();
            if (!arrival.isAnswered()) {
                batch.add(arrival);
                rows += arrival.rows();
                bytes += arrival.bytes;
            }
        }
        return batch;
    }

    private void send(List<Arrival> batch) {
        record(Batch.of(batch)).subscribe().with(fresh -> stored(batch, fresh), failure -> failed(batch, failure));
    }

    private void stored(List<Arrival> batch, int fresh) {
        batch.forEach(this::answer);
        if (fresh > 0) {
            queue.stored(fresh);
        }
        goOn();
    }

    private void goOn() {
        var batch = next();
        if (batch != null) {
            send(batch);
        }
    }

    private void answer(Arrival arrival) {
        deadlines.remove(arrival);
        arrival.stored.tryComplete();
    }

    private void failed(List<Arrival> batch, Throwable failure) {
        if (hasState(failure, ONE_ROW)) {
            oneByOne(batch);
            return;
        }
        complain(failure);
        // The database is away: it may be back before anybody has waited too long. Stored or not, again does no harm.
        vertx.setTimer(SWEEP_MILLIS, timer -> {
            var left = batch.stream().filter(arrival -> !arrival.isAnswered()).toList();
            if (left.isEmpty()) {
                goOn();
            } else {
                send(left);
            }
        });
    }

    private void oneByOne(List<Arrival> batch) {
        var each = batch.stream().map(this::alone).toList();
        Uni.join().all(each).andCollectFailures().subscribe().with(done -> finished(), failure -> finished());
    }

    private void finished() {
        queue.filled();
        goOn();
    }

    private Uni<Void> alone(Arrival arrival) {
        var each = arrival.notices.stream()
                .map(notice -> alone(arrival.endpoint, notice))
                .toList();
        return Uni.join()
                .all(each)
                .andFailFast()
                .invoke(() -> answer(arrival))
                .onFailure()
                .invoke(failure -> arrival.stored.tryFail(Problem.unavailable(1)))
                .replaceWithVoid();
    }

    /** What the database refuses for good, it will refuse again: it is kept as malformed. */
    private Uni<Integer> alone(UUID endpoint, Notice notice) {
        return record(Batch.of(endpoint, notice))
                .onFailure(failure -> hasState(failure, REFUSED))
                .recoverWithUni(failure -> record(Batch.of(
                        endpoint,
                        Notice.malformed(notice.body(), EventQueue.cut("refused: " + failure.getMessage())))));
    }

    private Uni<Integer> record(Tuple columns) {
        return sql.across(Batch.RECORD, columns)
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private static boolean hasState(Throwable failure, Pattern states) {
        return failure instanceof PgException refusal
                && refusal.getSqlState() != null
                && states.matcher(refusal.getSqlState()).matches();
    }

    private synchronized void complain(Throwable failure) {
        var now = System.nanoTime();
        if (complainedAt == 0 || now - complainedAt > 1_000_000_000L) {
            complainedAt = now;
            LOG.warnf("Webhook events could not be stored: %s", failure.getMessage());
        }
    }
}
