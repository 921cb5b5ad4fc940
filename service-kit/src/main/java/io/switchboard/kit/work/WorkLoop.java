package io.switchboard.kit.work;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.text.CleanText;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs the pieces of one kind in this replica. */
public final class WorkLoop implements LeasedWork<WorkPiece> {
    private static final Logger LOG = Logger.getLogger(WorkLoop.class);
    private static final String CLAIM =
            "select org_id, id, payload, progress, attempts, lease from claim_work($1, $2, $3, $4)";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final WorkHandler handler;
    private final String service;
    private final TenantSql sql;
    private final Duration lease;
    private final ClaimLoop<WorkPiece> loop;
    private final TenantTurn turn = new TenantTurn();

    public WorkLoop(Vertx vertx, TenantSql sql, WorkHandler handler, String service, Duration lease, Duration poll) {
        this.handler = handler;
        this.service = service;
        this.sql = sql.forWorkers();
        this.lease = lease;
        this.loop = new ClaimLoop<>(vertx, this, handler.concurrency(), handler.concurrency(), poll);
    }

    public void start() {
        loop.start();
    }

    public void wake() {
        loop.wake();
    }

    /** Running pieces continue. */
    public void stop() {
        loop.stop();
    }

    /** After {@link #stop}: other replicas continue the pieces that still run here; these can't store anything any more. */
    public void abandon() {
        loop.abandon();
    }

    @Override
    public String name() {
        return "Work of kind " + handler.kind();
    }

    @Override
    public Object owner(WorkPiece piece) {
        return piece.caller().orgId();
    }

    @Override
    public Uni<List<WorkPiece>> claim(int atMost, List<WorkPiece> held) {
        return sql.crossTenant(CLAIM, Tuple.of(handler.kind(), turn.last(), atMost, seconds(lease)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(this::piece)
                        .toList())
                .invoke(pieces -> turn.served(
                        pieces.stream().map(piece -> piece.caller().orgId()).toList()));
    }

    @Override
    public Uni<?> run(WorkPiece piece) {
        return Uni.createFrom()
                .deferred(() -> handler.run(piece))
                .onItemOrFailure()
                .transformToUni((result, failure) -> settle(piece, result, failure));
    }

    @Override
    public Uni<?> release(List<WorkPiece> pieces) {
        return sql.crossTenant("select release_work($1)", leases(pieces));
    }

    @Override
    public Uni<?> renew(List<WorkPiece> pieces) {
        return sql.crossTenant("select renew_work($1, $2)", leases(pieces).addValue(seconds(lease)));
    }

    @Override
    public Duration renewEvery() {
        return lease.dividedBy(3);
    }

    /** Tries for as long as the lease lasts, since the database may be what failed. */
    private Uni<?> settle(WorkPiece piece, @Nullable JsonObject result, @Nullable Throwable failure) {
        return Uni.createFrom()
                .deferred(() -> failure == null ? finish(piece, result) : fail(piece, failure))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(lease.toMillis());
    }

    private Uni<?> finish(WorkPiece piece, @Nullable JsonObject result) {
        return sql.crossTenant("select finish_work($1, $2)", Tuple.of(piece.lease(), result));
    }

    private Uni<?> fail(WorkPiece piece, Throwable failure) {
        if (failure instanceof LeaseLost) {
            return Uni.createFrom().voidItem();
        }
        if (failure instanceof WorkPostponed postponed) {
            return retry(piece, postponed.getMessage(), postponed.waitsFor());
        }
        var reason =
                CleanText.line(failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage());
        var wait = handler.retryAfter(piece, failure);
        LOG.infof(
                "%s: %s failed, try %d%s: %s",
                name(), piece.id(), piece.attempts(), wait == null ? ", dead letter" : "", reason);
        return wait == null
                ? sql.crossTenant("select dead_letter_work($1, $2)", Tuple.of(piece.lease(), reason))
                : retry(piece, reason, wait);
    }

    private Uni<?> retry(WorkPiece piece, String reason, Duration wait) {
        return sql.crossTenant("select retry_work($1, $2, $3)", Tuple.of(piece.lease(), reason, seconds(wait)));
    }

    private WorkPiece piece(Row row) {
        return new WorkPiece(
                CallerContext.Value.service(row.getUUID("org_id"), service, Origin.worker()),
                row.getUUID("id"),
                row.getJsonObject("payload"),
                row.getJsonObject("progress"),
                row.getInteger("attempts"),
                row.getUUID("lease"));
    }

    private static Tuple leases(List<WorkPiece> pieces) {
        return Tuple.tuple()
                .addArrayOfUUID(pieces.stream().map(WorkPiece::lease).toArray(UUID[]::new));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
