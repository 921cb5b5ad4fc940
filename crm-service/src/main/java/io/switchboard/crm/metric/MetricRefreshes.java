package io.switchboard.crm.metric;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.LongJobs;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jboss.logging.Logger;

/**
 * Refreshes the views of all tenants, by the clock and when an admin asks. Every replica may try: the function does it once, and
 * rests in between.
 */
@ApplicationScoped
class MetricRefreshes {
    private static final Logger LOG = Logger.getLogger(MetricRefreshes.class);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String STATE =
            "select refreshed_at, next_at <= clock_timestamp() as is_due from analytics_refreshes";
    private static final String REFRESH = "select refresh_analytics_views() as refreshed_at";

    /** Of several replicas the first does it for all. */
    private static final String REFRESH_OLD = "select refresh_analytics_views(interval '4 minutes') as refreshed_at";

    private final LongJobs jobs;
    private final TenantSql sql;

    MetricRefreshes(LongJobs jobs, TenantSql sql) {
        this.jobs = jobs;
        this.sql = sql;
    }

    @Scheduled(
            every = "${switchboard.metrics.refresh:5m}",
            delayed = "${switchboard.metrics.refresh:5m}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> refreshOld() {
        return run(REFRESH_OLD)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("Metrics were not refreshed: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Answers when the figures are of; of a refresh that takes long, before it is done: it goes on. */
    Uni<OffsetDateTime> refresh(CallerContext caller) {
        return sql.first(caller, STATE, Tuple.tuple(), State::of).chain(this::refreshIfDue);
    }

    private record State(OffsetDateTime refreshedAt, boolean isDue) {
        static State of(Row row) {
            return new State(row.getOffsetDateTime("refreshed_at"), row.getBoolean("is_due"));
        }
    }

    private Uni<OffsetDateTime> refreshIfDue(State state) {
        return !state.isDue()
                ? Uni.createFrom().item(state.refreshedAt())
                : run(REFRESH).ifNoItem().after(PATIENCE).recoverWithItem(state.refreshedAt());
    }

    private Uni<OffsetDateTime> run(String statement) {
        return jobs.run(statement, Tuple.tuple(), LONGEST).map(MetricRefreshes::refreshedAt);
    }

    private static OffsetDateTime refreshedAt(RowSet<Row> rows) {
        return rows.iterator().next().getOffsetDateTime("refreshed_at");
    }
}
