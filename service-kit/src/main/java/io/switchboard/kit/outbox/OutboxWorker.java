package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.Courier.Delivery;
import io.switchboard.kit.outbox.Courier.Owed;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.text.CleanText;
import io.switchboard.kit.work.Work;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Claims rows for one receiver, delivers them and forgets them, a batch at a time. After a failure the next batch is half as
 * large, and of other rows where there are others; after a success twice as large.
 */
final class OutboxWorker implements Work<OutboxWorker.Batch> {
    private static final Logger LOG = Logger.getLogger(OutboxWorker.class);
    private static final int LEASE_SECONDS = 30;

    /** Before any tenant. */
    private static final UUID FIRST = new UUID(0, 0);

    private final Courier courier;
    private final TenantSql sql;
    private volatile int size;
    private volatile UUID lastServed = FIRST;

    OutboxWorker(Courier courier, TenantSql sql) {
        this.courier = courier;
        this.sql = sql.forWorkers();
        this.size = courier.atMost();
    }

    /** What was claimed together, under one lease. */
    record Batch(UUID lease, List<Owed> rows) {}

    @Override
    public String name() {
        return "Outbox for " + courier.destination();
    }

    @Override
    public Uni<List<Batch>> claim(int atMost, List<Batch> held) {
        var lease = UUID.randomUUID();
        return claim(lease)
                .chain(rows -> rows.isEmpty() && !lastServed.equals(FIRST)
                        ? claimFromFirst(lease)
                        : Uni.createFrom().item(rows))
                .map(rows -> rows.isEmpty() ? List.of() : List.of(new Batch(lease, rows)));
    }

    @Override
    public Uni<?> run(Batch batch) {
        return courier.deliver(batch.rows())
                .onFailure()
                .call(failure -> release(batch.lease(), failure))
                .chain(delivery -> finish(batch.lease(), delivery, batch.rows().size()))
                .invoke(OutboxWorker::mustGetOn)
                .invoke(done -> size = Math.min(courier.atMost(), size * 2))
                .onFailure()
                .invoke(failure ->
                        size = Math.max(1, Math.min(size, batch.rows().size()) / 2));
    }

    /** With a receiver that takes nothing the loop waits, even where the rows have been put off. */
    private static void mustGetOn(int rowsGone) {
        if (rowsGone == 0) {
            throw new IllegalStateException("no row was taken");
        }
    }

    @Override
    public Uni<?> release(List<Batch> batches) {
        var each = batches.stream()
                .map(batch -> sql.across("select release_outbox($1, 0, true)", Tuple.of(batch.lease())))
                .toList();
        return Uni.join().all(each).andFailFast();
    }

    private Uni<List<Owed>> claim(UUID lease) {
        return sql.across(
                        "select org_id, id, event, attempts from claim_outbox($1, $2, $3, $4, $5)",
                        Tuple.of(courier.destination(), lastServed, size, LEASE_SECONDS, lease))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(OutboxWorker::owed)
                        .toList())
                .invoke(rows -> rows.stream()
                        .map(Owed::orgId)
                        .max(Comparator.comparing(UUID::toString)) // as the database orders them
                        .ifPresent(last -> lastServed = last));
    }

    private Uni<List<Owed>> claimFromFirst(UUID lease) {
        lastServed = FIRST;
        return claim(lease);
    }

    /** How many rows have left the outbox. */
    private Uni<Integer> finish(UUID lease, Delivery delivery, int claimed) {
        delivery.refused()
                .forEach((id, reason) -> LOG.errorf(
                        "%s refused outbox row %s for good, it is kept in outbox_rejected: %s",
                        courier.destination(), id, CleanText.line(reason)));
        var refused = delivery.refused().keySet().toArray(UUID[]::new);
        var reasons = delivery.refused().values().stream().map(CleanText::line).toArray(String[]::new);
        var delivered = delivery.delivered().toArray(UUID[]::new);
        return sql.across("select finish_outbox($1, $2, $3, $4)", Tuple.of(lease, delivered, refused, reasons))
                .call(() -> putOff(lease, delivery.later()))
                .map(rows -> delivered.length + refused.length)
                .call(gone -> gone + delivery.later().size() < claimed
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

    private static Owed owed(Row row) {
        return new Owed(row.getUUID("org_id"), row.getUUID("id"), row.getString("event"), row.getInteger("attempts"));
    }
}
