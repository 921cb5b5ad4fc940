package io.switchboard.voice.inbox;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.timeout.TimeoutSet;
import io.switchboard.voice.inbox.PendingDeliveries.Size;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stores events in micro-batches: deliveries that arrive during a commit go into the next one. An idle inbox commits at
 * once, a busy one shares each commit among many deliveries, and a full one refuses them.
 */
@ApplicationScoped
public class Inbox {
    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final int MANY_WAITING = 32;
    private static final Size BATCH = new Size(256, 4 * 1024 * 1024);

    /**
     * One at a time makes larger batches, which cost less. A second one is sent when many deliveries wait, since the
     * database works on it while it flushes the first to the disk, or when some have waited for long.
     */
    private static final int MOST_BATCHES = 2;

    /** How many deliveries of a refused batch are stored at a time. */
    private static final int ALONE_AT_ONCE = 4;

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int SWEEP_MILLIS = 100;

    /** One row is refused, or another transaction is in the way: one by one, the other deliveries are stored. */
    private static final Pattern ONE_ROW = Pattern.compile("(22|23|54)...|40001|40P01|55P03");

    private static final Pattern REFUSED = Pattern.compile("(22|23|54)...");

    private final TenantSql sql;
    private final EventWorker worker;
    private final Vertx vertx;
    private final PendingDeliveries pending;
    private final int mostOfCall;
    private final TimeoutSet<PendingDelivery> deadlines;
    private int batches;
    private long loggedAt;

    Inbox(
            TenantSql sql,
            EventWorker worker,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.webhooks.max-pending-events", defaultValue = "4096") long mostEvents,
            @ConfigProperty(name = "switchboard.webhooks.max-pending-bytes", defaultValue = "16M") MemorySize mostBytes,
            @ConfigProperty(name = "switchboard.webhooks.max-pending-per-call", defaultValue = "2000") int mostOfCall) {
        this.sql = sql;
        this.worker = worker;
        this.vertx = vertx;
        this.deadlines = new TimeoutSet<>(vertx, LONGEST, late -> late.stored.tryFail(Problem.unavailable(1)));
        this.mostOfCall = mostOfCall;
        this.pending = new PendingDeliveries(new Size(mostEvents, mostBytes.asLongValue()));
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(SWEEP_MILLIS, timer -> sendLate());
    }

    private void sendLate() {
        sendIfAny(nextBeside());
    }

    /**
     * Succeeds when the events are committed, also when they were before. Fails with {@code webhook_deliveries_pending} when
     * too many deliveries of the organization wait, with {@code call_events_pending} when too many events of the call wait,
     * and with {@code unavailable}.
     */
    public Future<Void> store(UUID orgId, UUID endpoint, List<IdentifiedEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture();
        }
        var delivery = new PendingDelivery(orgId, endpoint, events);
        sendIfAny(next(delivery));
        return delivery.stored.future();
    }

    /** The batch to send now; null when it has to wait. */
    private synchronized List<PendingDelivery> next(PendingDelivery delivery) {
        var refusal = pending.add(delivery);
        if (refusal != null) {
            delivery.stored.fail(refusal);
            return null;
        }
        deadlines.add(delivery);
        if (batches == MOST_BATCHES || batches > 0 && pending.rows() < MANY_WAITING) {
            return null;
        }
        batches++;
        return pending.nextHalf(BATCH);
    }

    /** A second batch, of deliveries that waited for a sweep behind a slow one; null without any. */
    private synchronized List<PendingDelivery> nextBeside() {
        var batch = batches == 1 ? pending.next(BATCH) : List.<PendingDelivery>of();
        if (batch.isEmpty()) {
            return null;
        }
        batches++;
        return batch;
    }

    /** The batch to send after another one ended; null when nothing waits, or when the other one will take it along. */
    private synchronized List<PendingDelivery> next() {
        var isTakenAlong = batches > 1 && pending.rows() < MANY_WAITING;
        var batch = isTakenAlong ? List.<PendingDelivery>of() : pending.nextHalf(BATCH);
        if (batch.isEmpty()) {
            batches--;
            return null;
        }
        return batch;
    }

    private void sendIfAny(@Nullable List<PendingDelivery> batch) {
        if (batch != null) {
            send(batch);
        }
    }

    private void send(List<PendingDelivery> batch) {
        record(batch).subscribe().with(fresh -> completeBatch(batch, fresh), failure -> retryBatch(batch, failure));
    }

    /**
     * The next batch goes first: the database stores it while these are answered. They are answered in a turn of their own, as the
     * connection sends what is written in this one at its end.
     */
    private void completeBatch(List<PendingDelivery> batch, int fresh) {
        sendNext();
        vertx.runOnContext(turn -> {
            batch.forEach(this::answer);
            if (fresh > 0) {
                worker.wakeFor(batch.stream().map(delivery -> delivery.orgId).toList());
            }
        });
    }

    private void sendNext() {
        sendIfAny(next());
    }

    private void answer(PendingDelivery delivery) {
        deadlines.remove(delivery);
        delivery.stored.tryComplete();
    }

    private void retryBatch(List<PendingDelivery> batch, Throwable failure) {
        if (hasState(failure, ONE_ROW)) {
            storeOneByOne(batch);
            return;
        }
        logFailure(failure);
        // The database is away, and may be back before the deliveries time out. Storing twice does no harm.
        vertx.setTimer(SWEEP_MILLIS, timer -> {
            var left = batch.stream().filter(delivery -> !delivery.isAnswered()).toList();
            if (left.isEmpty()) {
                sendNext();
            } else {
                send(left);
            }
        });
    }

    private void storeOneByOne(List<PendingDelivery> batch) {
        Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUni(this::storeAlone)
                .merge(ALONE_AT_ONCE)
                .collect()
                .last()
                .subscribe()
                .with(done -> finishOneByOne());
    }

    private void finishOneByOne() {
        worker.wake();
        sendNext();
    }

    /** Stores a delivery on its own; if its data is refused, the rest of it. Never fails. */
    private Uni<Void> storeAlone(PendingDelivery delivery) {
        return record(List.of(delivery))
                .onFailure(failure -> hasState(failure, REFUSED))
                .recoverWithUni(failure -> storeRest(delivery))
                .invoke(() -> answer(delivery))
                .onFailure()
                .invoke(failure -> delivery.stored.tryFail(Problem.unavailable(1)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** The database would refuse the same data again, so such an event is stored as malformed. */
    private Uni<Integer> storeRest(PendingDelivery refused) {
        if (refused.rows() == 1 || refused.sharesBody()) {
            return record(List.of(refused.malformed(EventFault.REFUSED_VALUE)));
        }
        return Multi.createFrom()
                .iterable(refused.split())
                .onItem()
                .transformToUniAndConcatenate(each -> record(List.of(each))
                        .onFailure(failure -> hasState(failure, REFUSED))
                        .recoverWithUni(() -> record(List.of(each.malformed(EventFault.REFUSED_VALUE)))))
                .collect()
                .with(Collectors.summingInt(fresh -> fresh));
    }

    /** Answers how many events are new. Refused deliveries are answered at once. */
    private Uni<Integer> record(List<PendingDelivery> deliveries) {
        var batch = DeliveryBatch.of(deliveries);
        return sql.crossTenant(DeliveryBatch.RECORD, batch.columns(mostOfCall))
                .map(rows -> batch.answerRefused(rows.iterator().next()));
    }

    private static boolean hasState(Throwable failure, Pattern states) {
        return failure instanceof PgException refusal
                && refusal.getSqlState() != null
                && states.matcher(refusal.getSqlState()).matches();
    }

    private synchronized void logFailure(Throwable failure) {
        var now = System.nanoTime();
        if (loggedAt == 0 || now - loggedAt > 1_000_000_000L) {
            loggedAt = now;
            LOG.warnf("Webhook events could not be stored: %s", failure.getMessage());
        }
    }
}
