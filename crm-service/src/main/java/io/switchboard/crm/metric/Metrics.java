package io.switchboard.crm.metric;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The figures of an organization, as old as the last refresh. SQL decides which days are shown: its functions are in db/metric. */
@ApplicationScoped
class Metrics {
    private static final int MOST_ROWS = 5_000;

    /** A row at least, so that it tells of the refresh and of the range even without figures. */
    private static final String RANGE = "select m.*, r.since, a.refreshed_at from analytics_refreshes a"
            + " left join metric_range($1, $2) r on true left join lateral ";

    private static final String OF_TICKETS =
            RANGE + "ticket_metrics_by_day(r.since, r.until, $5, $3, $4) m on true order by m.day desc";
    private static final String OF_AGENTS = RANGE + "agent_performance_by_day(r.since, r.until, $3, $4) m on true"
            + " order by m.day desc, m.name, m.agent_id";

    private final TenantSql sql;

    Metrics(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code invalid} for a range that is too long, or that ends before it begins. */
    Uni<MetricList<TicketMetric>> ofTickets(CallerContext caller, MetricFilter filter, boolean byWeek) {
        return sql.execute(caller, OF_TICKETS, args(filter).addBoolean(byWeek))
                .map(rows -> list(rows, TicketMetric::of));
    }

    /** Fails as the other does, and for more than 5,000 lines. */
    Uni<MetricList<AgentMetric>> ofAgents(CallerContext caller, MetricFilter filter) {
        return sql.execute(caller, OF_AGENTS, args(filter)).map(rows -> list(rows, AgentMetric::of));
    }

    private static Tuple args(MetricFilter filter) {
        return Tuple.of(filter.from(), filter.to(), filter.agentId(), filter.teamId());
    }

    private static <T> MetricList<T> list(RowSet<Row> rows, Function<Row, T> shape) {
        var first = rows.iterator().next();
        if (first.getLocalDate("since") == null) {
            throw Problem.invalid("to", "must not be before from, nor more than 365 days after it");
        }
        if (rows.size() > MOST_ROWS) {
            throw Problem.invalid(
                    "from", "must be later, or a team or an agent be named: there are over " + MOST_ROWS + " lines");
        }
        return new MetricList<>(items(rows, shape), first.getOffsetDateTime("refreshed_at"));
    }

    private static <T> List<T> items(RowSet<Row> rows, Function<Row, T> shape) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getLocalDate("day") != null)
                .map(shape)
                .toList();
    }
}
