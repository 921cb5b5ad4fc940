package io.switchboard.voice.inbox;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.inbox.PendingDeliveries.Size;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Stores events in micro-batches: what arrives while the batches before are being committed goes into the next. An idle
 * inbox waits for nothing, a busy one shares each commit among many, and a full one refuses.
 */
@ApplicationScoped
public class Inbox {
    private static final Logger LOG = Logger.getLogger(Inbox.class);

    /** One at a time makes the largest ones, which cost the least; a second one goes out when many wait, or for long. */
    private static final int MOST_BATCHES = 2;

    private static final int MANY_WAITING = 64;
    private static final Size BATCH = new Size(256, 4 * 1024 * 1024);

    /** Of the deliveries in a refused batch, so many are stored at a time. */
    private static final int ALONE_AT_ONCE = 4;

    private static final int LONGEST_MILLIS = 2_000;
    private static final int SWEEP_MILLIS = 100;

    /** The data of some row is refused, or another transaction is in the way: alone, all the others will do. */
    private static final Pattern ONE_ROW = Pattern.compile("(22|23|54)...|40001|40P01|55P03");

    private static final Pattern REFUSED = Pattern.compile("(22|23|54)...");

    private static final String REFUSED_DATA = "the database refuses what the event says";

    private final TenantSql sql;
    private final EventWorker worker;
    private final Vertx vertx;
    private final PendingDeliveries pending;
    private final int mostOfCall;
    private final TimeoutSet<PendingDelivery> deadlines =
            new TimeoutSet<>(LONGEST_MILLIS, late -> late.stored.tryFail(Problem.unavailable(1)));
    private int batches;
    private long complainedAt;

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
        this.mostOfCall = mostOfCall;
        this.pending = new PendingDeliveries(new Size(mostEvents, mostBytes.asLongValue()));
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

    /**
     * Succeeds when the events are there for good, also where they were before. Fails with
     * {@code webhook_deliveries_pending} where too many of the organization wait, with {@code call_events_pending} where too
     * many events of the call wait, and with {@code unavailable}.
     */
    public Future<Void> take(UUID orgId, UUID endpoint, List<IdentifiedEvent> notices) {
        if (notices.isEmpty()) {
            return Future.succeededFuture();
        }
        var arrival = new PendingDelivery(orgId, endpoint, notices);
        var batch = next(arrival);
        if (batch != null) {
            send(batch);
        }
        return arrival.stored.future();
    }

    /** The batch to send now, where there is one. */
    private synchronized List<PendingDelivery> next(PendingDelivery arrival) {
        var refusal = pending.add(arrival);
        if (refusal != null) {
            arrival.stored.fail(refusal);
            return null;
        }
        deadlines.add(arrival);
        if (batches == MOST_BATCHES || batches > 0 && pending.rows() < MANY_WAITING) {
            return null;
        }
        batches++;
        return pending.next(BATCH);
    }

    /** What has waited for a sweep behind a batch that is held up. */
    private synchronized List<PendingDelivery> nextBesides() {
        var batch = batches == 1 ? pending.next(BATCH) : List.<PendingDelivery>of();
        if (batch.isEmpty()) {
            return null;
        }
        batches++;
        return batch;
    }

    /** What goes next, once a batch has come to its end; null when nothing waits, or may wait for the other one. */
    private synchronized List<PendingDelivery> next() {
        if (batches > 1 && pending.rows() < MANY_WAITING) {
            batches--;
            return null;
        }
        var batch = pending.next(BATCH);
        if (batch.isEmpty()) {
            batches--;
            return null;
        }
        return batch;
    }

    private void send(List<PendingDelivery> batch) {
        record(batch).subscribe().with(fresh -> stored(batch, fresh), failure -> failed(batch, failure));
    }

    private void stored(List<PendingDelivery> batch, int fresh) {
        batch.forEach(this::answer);
        if (fresh > 0) {
            worker.wakeFor(batch.stream().map(arrival -> arrival.orgId).toList());
        }
        goOn();
    }

    private void goOn() {
        var batch = next();
        if (batch != null) {
            send(batch);
        }
    }

    private void answer(PendingDelivery arrival) {
        deadlines.remove(arrival);
        arrival.stored.tryComplete();
    }

    private void failed(List<PendingDelivery> batch, Throwable failure) {
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

    private void oneByOne(List<PendingDelivery> batch) {
        Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUni(this::alone)
                .merge(ALONE_AT_ONCE)
                .collect()
                .last()
                .subscribe()
                .with(done -> finished());
    }

    private void finished() {
        worker.wake();
        goOn();
    }

    /** Tried once, and once more as what is left of it where the database refuses its data. Never fails. */
    private Uni<Void> alone(PendingDelivery arrival) {
        return record(List.of(arrival))
                .onFailure(failure -> hasState(failure, REFUSED))
                .recoverWithUni(failure -> leftOf(arrival, REFUSED_DATA))
                .invoke(() -> answer(arrival))
                .onFailure()
                .invoke(failure -> arrival.stored.tryFail(Problem.unavailable(1)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Data that the database refuses once, it refuses again: such an event is kept as malformed. */
    private Uni<Integer> leftOf(PendingDelivery refused, String flaw) {
        if (refused.rows() == 1 || refused.sharesBody()) {
            return record(List.of(refused.malformed(flaw)));
        }
        return Multi.createFrom()
                .iterable(refused.apart())
                .onItem()
                .transformToUniAndConcatenate(each -> record(List.of(each))
                        .onFailure(failure -> hasState(failure, REFUSED))
                        .recoverWithUni(() -> record(List.of(each.malformed(flaw)))))
                .collect()
                .with(Collectors.summingInt(fresh -> fresh));
    }

    /** How many events are new. Deliveries that may not be stored are answered at once. */
    private Uni<Integer> record(List<PendingDelivery> arrivals) {
        var batch = DeliveryBatch.of(arrivals);
        return sql.crossTenant(DeliveryBatch.RECORD, batch.columns(mostOfCall))
                .map(rows -> batch.recorded(rows.iterator().next()));
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
