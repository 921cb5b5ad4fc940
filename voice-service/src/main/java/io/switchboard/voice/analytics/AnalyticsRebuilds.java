package io.switchboard.voice.analytics;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.LongJobs;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.kit.work.WorkQueue;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts an organization's calls anew, in the background. */
@Singleton
class AnalyticsRebuilds implements WorkHandler {
    static final String KIND = "rebuild_call_analytics";

    /** Several million calls; they go on meanwhile. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final String WAITING = "select id from work where org_id = $1 and kind = '" + KIND
            + "' and state = 'pending' and lease is null limit 1";
    private static final String REBUILD = "select rebuild_call_analytics($1) as mended";

    private final TenantSql sql;
    private final LongJobs jobs;
    private final WorkQueue work;
    private final Outbox outbox;

    AnalyticsRebuilds(TenantSql sql, LongJobs jobs, WorkQueue work, Outbox outbox) {
        this.sql = sql;
        this.jobs = jobs;
        this.work = work;
        this.outbox = outbox;
    }

    /** Answers the one that waits, if there is one. Those that are asked for at the same time may be two. */
    Uni<AnalyticsRebuildView> queue(CallerContext caller) {
        return sql.transaction(caller, statements -> waiting(caller, statements)
                .chain(id ->
                        id == null ? add(caller, statements) : Uni.createFrom().item(id))
                .map(id -> new AnalyticsRebuildView(id, "queued")));
    }

    private static Uni<@Nullable UUID> waiting(CallerContext caller, Statements statements) {
        return statements.first(WAITING, Tuple.of(caller.orgId()), row -> row.getUUID("id"));
    }

    private Uni<UUID> add(CallerContext caller, Statements statements) {
        return work.add(caller, statements, KIND, new JsonObject())
                .call(id -> outbox.record(caller, statements, AuditEvent.success("rebuild", "call_analytics", id)));
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Answers how many rows were wrong. */
    @Override
    public Uni<@Nullable JsonObject> run(WorkPiece piece) {
        return jobs.run(REBUILD, Tuple.of(piece.caller().orgId()), LONGEST).map(AnalyticsRebuilds::result);
    }

    private static JsonObject result(RowSet<Row> rows) {
        return JsonObject.of("mended", rows.iterator().next().getInteger("mended"));
    }
}
