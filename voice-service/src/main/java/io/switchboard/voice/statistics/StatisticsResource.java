package io.switchboard.voice.statistics;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Statistics of one organization and of all, for auth-service. */
@Path("/internal/statistics")
@Tag(name = "Internal")
public class StatisticsResource {
    // Two counts, so that the month's reads only its part of the index.
    private static final String COUNT =
            "select (select count(*) from call_logs where org_id = $1 and head_id is null) as calls,"
                    + " (select count(*) from call_logs where org_id = $1 and head_id is null"
                    + " and started_at >= date_trunc('month', now(), 'UTC')) as calls_this_month";
    private static final String SUITE = "select calls, calls_this_month from suite_statistics()";

    private final CallerContext caller;
    private final TenantSql sql;

    StatisticsResource(CallerContext caller, TenantSql sql) {
        this.caller = caller;
        this.sql = sql;
    }

    @GET
    @Operation(summary = "Show an organization's figures", description = "This month is the one of UTC.")
    public Uni<StatisticsView> show() {
        return sql.first(caller, COUNT, Tuple.of(caller.orgId()), StatisticsResource::view);
    }

    @GET
    @Path("suite")
    @Operation(
            summary = "Show the figures of all organizations together",
            description = "This month is the one of UTC.")
    public Uni<StatisticsView> suite() {
        return sql.crossTenant(SUITE, Tuple.tuple())
                .map(rows -> view(rows.iterator().next()));
    }

    private static StatisticsView view(Row row) {
        return new StatisticsView(row.getLong("calls"), row.getLong("calls_this_month"));
    }
}
