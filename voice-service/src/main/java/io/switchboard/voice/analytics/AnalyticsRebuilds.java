package io.switchboard.voice.analytics;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts an organization's calls anew, in the background: a transaction a day, for which its calls wait. */
@Singleton
class AnalyticsRebuilds implements WorkHandler {
    static final String KIND = "rebuild_call_analytics";
    static final String MENDED_DAYS = "mendedDays";

    /** Several million calls; they go on meanwhile. */
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** About a million calls. */
    private static final Duration LONGEST_DAY = Duration.ofSeconds(15);

    private static final String FIND =
            "select " + AnalyticsRebuildView.COLUMNS + " from work where org_id = $1 and kind = '" + KIND + "' and ";
    private static final String BY_ID = FIND + "id = $2";
    private static final String WAITING = FIND + "state = 'pending' and lease is null limit 1";
    private static final String WRONG_DAYS = "select day from wrong_call_days($1) day";
    private static final String REBUILD_DAY = "select rebuild_call_days($1, $2, $2)";

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
        return sql.transaction(caller, statements -> statements
                .first(WAITING, Tuple.of(caller.orgId()), AnalyticsRebuildView::of)
                .chain(waiting -> waiting == null
                        ? add(caller, statements)
                        : Uni.createFrom().item(waiting)));
    }

    private Uni<AnalyticsRebuildView> add(CallerContext caller, Statements statements) {
        return work.add(caller, statements, KIND, new JsonObject())
                .call(id -> outbox.record(caller, statements, AuditEvent.success("rebuild", "call_analytics", id)))
                .chain(id -> statements.first(BY_ID, Tuple.of(caller.orgId(), id), AnalyticsRebuildView::of));
    }

    /** Fails with {@code analytics_rebuild_not_found}, also a week after it was over. */
    Uni<AnalyticsRebuildView> show(CallerContext caller, UUID id) {
        return sql.first(caller, BY_ID, Tuple.of(caller.orgId(), id), AnalyticsRebuildView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("analytics_rebuild", id));
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Answers how many days were wrong. Another try finds those that are left. */
    @Override
    public Uni<@Nullable JsonObject> run(WorkPiece piece) {
        var org = piece.caller().orgId();
        return jobs.run(WRONG_DAYS, Tuple.of(org), LONGEST)
                .map(AnalyticsRebuilds::days)
                .call(days -> rebuild(org, days.iterator()))
                .map(days -> JsonObject.of(MENDED_DAYS, days.size()));
    }

    private Uni<Void> rebuild(UUID org, Iterator<LocalDate> days) {
        return days.hasNext()
                ? jobs.run(REBUILD_DAY, Tuple.of(org, days.next()), LONGEST_DAY).chain(() -> rebuild(org, days))
                : Uni.createFrom().voidItem();
    }

    private static List<LocalDate> days(RowSet<Row> rows) {
        var days = new ArrayList<LocalDate>();
        rows.forEach(row -> days.add(row.getLocalDate("day")));
        return days;
    }
}
