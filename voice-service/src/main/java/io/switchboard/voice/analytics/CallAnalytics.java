package io.switchboard.voice.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The figures of the caller's calls, each answer in one round trip. SQL computes them: its functions are in db/analytics. */
@ApplicationScoped
class CallAnalytics {
    private static final String DASHBOARD = "select get_dashboard_analytics($1, $2, $3)::text";
    private static final String USAGE = "select get_client_usage($1, $2, $3, $4)::text";

    private final TenantSql sql;
    private final ObjectMapper json;

    CallAnalytics(TenantSql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** @param client null for the calls of all clients and of none, as far as the caller sees them */
    Uni<DashboardView> dashboard(CallerContext caller, @Nullable UUID client, int days, @Nullable Dimension by) {
        return sql.first(
                caller,
                DASHBOARD,
                Tuple.of(client, days, word(by)),
                row -> read(row.getString(0), DashboardView.class));
    }

    /** Fails with {@code invalid} for a range that is too long, or that ends before it begins. */
    Uni<UsageView> usage(
            CallerContext caller,
            @Nullable UUID client,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable Dimension by) {
        return sql.first(caller, USAGE, Tuple.of(client, from, to, word(by)), this::usage);
    }

    private UsageView usage(Row row) {
        var found = row.getString(0);
        if (found == null) {
            throw Problem.invalid("to", "must not be before from, nor more than 365 days after it");
        }
        return read(found, UsageView.class);
    }

    private static @Nullable String word(@Nullable Dimension by) {
        return by == null ? null : EnumParam.wire(by);
    }

    private <T> T read(String found, Class<T> shape) {
        try {
            return json.readValue(found, shape);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Figures cannot be read", e);
        }
    }
}
