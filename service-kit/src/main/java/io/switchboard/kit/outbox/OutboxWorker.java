package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.Courier.Delivery;
import io.switchboard.kit.outbox.Courier.Owed;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Claims rows for one receiver, delivers them and forgets them; one batch at a time, woken by signals and by a slow poll. */
final class OutboxWorker {
    private static final Logger LOG = Logger.getLogger(OutboxWorker.class);
    private static final int LEASE_SECONDS = 30;
    private static final int POLL_MILLIS = 1_000;
    private static final int LONGEST_WAIT_SECONDS = 5;
    private static final int LONGEST_REASON = 500;

    private final Courier courier;
    private final TenantSql sql;
    private final Vertx vertx;
    private boolean working;
    private boolean wokenMeanwhile;
    private boolean stopped;
    private int failures;
    private long notBefore;
    private long poll;

    OutboxWorker(Courier courier, TenantSql sql, Vertx vertx) {
        this.courier = courier;
        this.sql = sql;
        this.vertx = vertx;
    }

    void start() {
        poll = vertx.setPeriodic(POLL_MILLIS, timer -> wake());
    }

    synchronized void stop() {
        stopped = true;
        vertx.cancelTimer(poll);
    }

    synchronized void wake() {
        if (working) {
            wokenMeanwhile = true;
        } else if (!stopped && System.currentTimeMillis() >= notBefore) {
            working = true;
            wokenMeanwhile = false;
            round(UUID.randomUUID()).subscribe().with(this::done, this::failed);
        }
    }

    /** How many rows left the outbox. */
    private Uni<Integer> round(UUID lease) {
        return claim(lease)
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().item(0)
                        : courier.deliver(rows)
                                .onFailure()
                                .call(failure -> release(lease, failure))
                                .chain(delivery -> finish(lease, delivery, rows.size())));
    }

    private Uni<List<Owed>> claim(UUID lease) {
        return sql.across(
                        "select org_id, id, event, attempts from claim_outbox($1, $2, $3, $4)",
                        Tuple.of(courier.destination(), courier.atMost(), LEASE_SECONDS, lease))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(OutboxWorker::owed)
                        .toList());
    }

    private Uni<Integer> finish(UUID lease, Delivery delivery, int claimed) {
        delivery.refused()
                .forEach((id, reason) -> LOG.errorf(
                        "%s refused outbox row %s for good, it is kept in outbox_rejected: %s",
                        courier.destination(), id, printable(reason)));
        var refused = delivery.refused().keySet().toArray(UUID[]::new);
        var reasons = delivery.refused().values().stream()
                .map(OutboxWorker::printable)
                .toArray(String[]::new);
        var delivered = delivery.delivered().toArray(UUID[]::new);
        return sql.across("select finish_outbox($1, $2, $3, $4)", Tuple.of(lease, delivered, refused, reasons))
                .call(() -> putOff(lease, delivery.later()))
                .map(rows ->
                        delivered.length + refused.length + delivery.later().size())
                .call(done -> done < claimed
                        ? sql.across("select release_outbox($1, 0, true)", Tuple.of(lease))
                        : Uni.createFrom().nullItem());
    }

    private Uni<?> putOff(UUID lease, List<UUID> later) {
        var rows = later.toArray(UUID[]::new);
        return rows.length == 0
                ? Uni.createFrom().nullItem()
                : sql.across(
                        "select release_outbox_rows($1, $2)", Tuple.of(lease).addArrayOfUUID(rows));
    }

    private Uni<?> release(UUID lease, Throwable failure) {
        return sql.across("select release_outbox($1, $2, $3)", Tuple.of(lease, 0, failure instanceof PeerAway));
    }

    private synchronized void done(int left) {
        working = false;
        failures = 0;
        notBefore = 0;
        if (left > 0 || wokenMeanwhile) {
            wake();
        }
    }

    private synchronized void failed(Throwable failure) {
        working = false;
        failures++;
        // Growing and jittered, but short enough that everything has arrived soon after the receiver is back.
        var wait = Math.min(LONGEST_WAIT_SECONDS * 1000L, 100L << Math.min(failures, 6));
        notBefore = System.currentTimeMillis() + wait / 2 + (long) (Math.random() * wait / 2);
        if (failures == 1 || failures % 20 == 0) {
            LOG.warnf(
                    "Outbox for %s waits (try %d): %s",
                    courier.destination(), failures, printable(failure.getMessage()));
        }
    }

    /** What others say goes into one line of the log. */
    static String printable(@Nullable String reason) {
        var line = String.valueOf(reason)
                .replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")
                .strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
    }

    private static Owed owed(Row row) {
        return new Owed(row.getUUID("org_id"), row.getUUID("id"), row.getString("event"), row.getInteger("attempts"));
    }
}
