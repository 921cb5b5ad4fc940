package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.OutboxSender.OutboxRow;
import io.switchboard.kit.outbox.OutboxSender.SendResult;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.text.CleanText;
import io.switchboard.kit.work.LeasedWork;
import io.switchboard.kit.work.TenantTurn;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Claims rows for one receiver, delivers and deletes them, a batch at a time. After a failure the next batch is half as large,
 * and of other rows if there are any; after a success it is twice as large.
 */
final class OutboxWorker implements LeasedWork<OutboxWorker.ClaimedBatch> {
    private static final Logger LOG = Logger.getLogger(OutboxWorker.class);
    private static final int LEASE_SECONDS = 30;

    /** Far fewer than a claim may have. */
    private static final int FEW_LETTERS = 1024 * 1024;

    private final OutboxSender sender;
    private final TenantSql sql;
    private volatile int size;
    private final TenantTurn turn = new TenantTurn();

    OutboxWorker(OutboxSender sender, TenantSql sql) {
        this.sender = sender;
        this.sql = sql.forWorkers();
        this.size = sender.atMost();
    }

    /**
     * Rows that were claimed together, under one lease.
     *
     * @param isAll so few that nothing was left due
     */
    record ClaimedBatch(UUID lease, List<OutboxRow> rows, boolean isAll) {}

    @Override
    public String name() {
        return "Outbox for " + sender.destination();
    }

    @Override
    public Uni<List<ClaimedBatch>> claim(int atMost, List<ClaimedBatch> held) {
        var lease = UUID.randomUUID();
        int most = size;
        return sql.crossTenant(
                        "select org_id, id, event, attempts from claim_outbox($1, $2, $3, $4, $5)",
                        Tuple.of(sender.destination(), turn.last(), most, LEASE_SECONDS, lease))
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .map(OutboxWorker::row)
                        .toList())
                .invoke(rows -> turn.served(rows.stream().map(OutboxRow::orgId).toList()))
                .map(rows -> rows.isEmpty() ? List.of() : List.of(new ClaimedBatch(lease, rows, isAll(rows, most))));
    }

    /** No tenant's part was used up, nor the bytes of a claim. Where another replica holds rows, a part may be smaller. */
    private static boolean isAll(List<OutboxRow> rows, int most) {
        long tenants = rows.stream().map(OutboxRow::orgId).distinct().count();
        long letters = rows.stream().mapToLong(row -> row.event().length()).sum();
        return rows.size() * tenants < most / 4 && letters < FEW_LETTERS;
    }

    @Override
    public boolean mayHaveFollowers(ClaimedBatch batch) {
        return !batch.isAll();
    }

    @Override
    public Uni<?> run(ClaimedBatch batch) {
        return sender.deliver(batch.rows())
                .onFailure()
                .call(failure -> release(batch.lease(), failure))
                .chain(delivery -> finish(batch.lease(), delivery, batch.rows().size()))
                .invoke(OutboxWorker::requireProgress)
                .invoke(done -> size = Math.min(sender.atMost(), size * 2))
                .onFailure()
                .invoke(failure ->
                        size = Math.max(1, Math.min(size, batch.rows().size()) / 2));
    }

    /** If the receiver takes nothing the loop waits, even if the rows are postponed. */
    private static void requireProgress(int finished) {
        if (finished == 0) {
            throw new IllegalStateException("no row was taken");
        }
    }

    @Override
    public Uni<?> release(List<ClaimedBatch> batches) {
        var each = batches.stream()
                .map(batch -> sql.crossTenant("select release_outbox($1, 0, true)", Tuple.of(batch.lease())))
                .toList();
        return Uni.join().all(each).andFailFast();
    }

    /** Answers how many rows have left the outbox. */
    private Uni<Integer> finish(UUID lease, SendResult delivery, int claimed) {
        delivery.refused()
                .forEach((id, reason) -> LOG.errorf(
                        "%s refused outbox row %s; it is kept in outbox_rejected: %s",
                        sender.destination(), id, CleanText.line(reason)));
        var refused = delivery.refused().keySet().toArray(UUID[]::new);
        var reasons = delivery.refused().values().stream().map(CleanText::line).toArray(String[]::new);
        var delivered = delivery.delivered().toArray(UUID[]::new);
        return sql.crossTenant("select finish_outbox($1, $2, $3, $4)", Tuple.of(lease, delivered, refused, reasons))
                .call(() -> postpone(lease, delivery.later()))
                .map(rows -> delivered.length + refused.length)
                .call(finished -> finished + delivery.later().size() < claimed
                        ? sql.crossTenant("select release_outbox($1, 0, true)", Tuple.of(lease))
                        : Uni.createFrom().nullItem());
    }

    private Uni<?> postpone(UUID lease, List<UUID> later) {
        var rows = later.toArray(UUID[]::new);
        return rows.length == 0
                ? Uni.createFrom().nullItem()
                : sql.crossTenant(
                        "select release_outbox_rows($1, $2)", Tuple.of(lease).addArrayOfUUID(rows));
    }

    private Uni<?> release(UUID lease, Throwable failure) {
        return sql.crossTenant("select release_outbox($1, $2, $3)", Tuple.of(lease, 0, failure instanceof PeerAway));
    }

    private static OutboxRow row(Row row) {
        return new OutboxRow(
                row.getUUID("org_id"), row.getUUID("id"), row.getString("event"), row.getInteger("attempts"));
    }
}
