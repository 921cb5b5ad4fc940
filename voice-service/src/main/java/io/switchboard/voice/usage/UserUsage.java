package io.switchboard.voice.usage;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What users used. SQL sums it: its functions are in db/usage. */
@ApplicationScoped
class UserUsage {
    /**
     * A user is known by the claimed quota or by the copy of the member; an access key is not. The quotas of others are for those who
     * see their usage.
     */
    private static final String CURRENT_MONTH =
            "select " + MonthUsage.COLUMNS + " from usage_of_month($1, $2) where $2 is not null"
                    + " or ($1 = current_user_id() or current_role_name() in ('admin', 'enterprise'))"
                    + " and exists (select from members m where m.org_id = current_org_id() and m.id = $1)";

    private static final String DAILY = "select " + DailyUsageView.COLUMNS + " from daily_usage($1, $2, $3)";

    private final TenantSql sql;

    UserUsage(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code user_not_found}, also for an access key that names no user. */
    Uni<MonthUsage> currentMonth(CallerContext caller, UUID user) {
        return sql.first(caller, CURRENT_MONTH, Tuple.of(user, Quota.claimed(caller, user)), MonthUsage::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", user));
    }

    /** All days, oldest first. Fails with {@code invalid} for a range that is too long, or that ends before it begins. */
    Uni<PageOf<DailyUsageView>> daily(
            CallerContext caller, UUID user, @Nullable LocalDate from, @Nullable LocalDate to) {
        return sql.list(caller, DAILY, Tuple.of(user, from, to), DailyUsageView::of)
                .invoke(UserUsage::refuseIfEmpty)
                .map(days -> new PageOf<>(days, null));
    }

    private static void refuseIfEmpty(List<DailyUsageView> days) {
        if (days.isEmpty()) {
            throw invalidRange();
        }
    }

    static Problem invalidRange() {
        return Problem.invalid("to", "must not be before from, nor more than 365 days after it");
    }
}
