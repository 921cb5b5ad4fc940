package io.switchboard.auth.admin;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The figures of auth-service. */
@ApplicationScoped
class Statistics {
    private static final String COLUMNS =
            "select id, org_id, email, full_name, role, subscription_tier, max_agents, monthly_token_quota,"
                    + " is_active, last_login_at, open_sessions, created_at from ";
    private static final String USERS = COLUMNS + "user_statistics where org_id = $1";
    private static final String SUITE_USERS = COLUMNS + "suite_user_statistics($1, $2, $3)";
    private static final String COUNTS =
            "select organizations, users, users_by_role, users_by_tier, active_users, clients from ";

    private final TenantSql sql;

    Statistics(TenantSql sql) {
        this.sql = sql;
    }

    record Counts(
            long organizations,
            long users,
            Map<String, Object> usersByRole,
            Map<String, Object> usersByTier,
            long activeUsers,
            long clients) {}

    /** The users of the tenant, newest first. */
    Uni<PageOf<UserStatisticsView>> users(CallerContext caller, Page page) {
        var list = new ListQuery(page, USERS, caller.orgId()).newestFirst();
        return sql.page(caller, list, Statistics::user, Statistics::cursor);
    }

    /** The users of all organizations, newest first; for an operator. */
    Uni<PageOf<UserStatisticsView>> suiteUsers(CallerContext operator, Page page) {
        return sql.page(operator, ListQuery.ofFunction(page, SUITE_USERS), Statistics::user, Statistics::cursor);
    }

    Uni<Counts> counts(CallerContext caller) {
        return sql.first(caller, COUNTS + "visible_statistics()", Tuple.tuple(), Statistics::counts);
    }

    /** The sums over all organizations, for an operator. */
    Uni<Counts> suiteCounts(CallerContext operator) {
        return sql.first(operator, COUNTS + "suite_statistics()", Tuple.tuple(), Statistics::counts);
    }

    private static Cursor cursor(UserStatisticsView last) {
        return Cursor.at(last.createdAt(), last.id());
    }

    private static Counts counts(Row row) {
        return new Counts(
                row.getLong("organizations"),
                row.getLong("users"),
                row.getJsonObject("users_by_role").getMap(),
                row.getJsonObject("users_by_tier").getMap(),
                row.getLong("active_users"),
                row.getLong("clients"));
    }

    private static UserStatisticsView user(Row row) {
        return new UserStatisticsView(
                row.getUUID("id"),
                row.getUUID("org_id"),
                row.getString("email"),
                row.getString("full_name"),
                row.getString("role"),
                row.getString("subscription_tier"),
                row.getInteger("max_agents"),
                row.getLong("monthly_token_quota"),
                row.getBoolean("is_active"),
                row.getOffsetDateTime("last_login_at"),
                row.getLong("open_sessions"),
                row.getOffsetDateTime("created_at"),
                null,
                null,
                null);
    }
}
