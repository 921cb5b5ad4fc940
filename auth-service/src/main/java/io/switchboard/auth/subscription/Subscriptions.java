package io.switchboard.auth.subscription;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The subscriptions of the organization at hand: one a user. */
@ApplicationScoped
class Subscriptions {
    /** Periods are calendar months, so that whichever is later, the one written down or the current one, is the one. */
    private static final String SHOW = """
            select s.id, s.tier::text as tier, s.status::text as status, u.max_agents, u.monthly_token_quota,
                greatest(s.period_start, date_trunc('month', now() at time zone 'UTC') at time zone 'UTC') as period_start,
                greatest(s.period_end,
                    (date_trunc('month', now() at time zone 'UTC') + interval '1 month') at time zone 'UTC') as period_end,
                s.version + u.version as version
            from subscriptions s join users u on u.org_id = s.org_id and u.id = s.user_id
            where s.org_id = $1 and s.user_id = $2
            """;

    private static final String REVISE = """
            update subscriptions set tier = $3::text::subscription_tier, status = $4::text::subscription_status,
                period_start = $5, period_end = $6
            where org_id = $1 and user_id = $2
            """;
    private static final String LIMIT = """
            update users u set subscription_tier = t.tier, max_agents = coalesce($4, t.max_agents),
                monthly_token_quota = coalesce($5, t.monthly_token_quota)
            from tiers t
            where u.org_id = $1 and u.id = $2 and t.tier = $3::text::subscription_tier
            """;

    private final TenantSql sql;

    Subscriptions(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code user_not_found}. */
    Uni<SubscriptionView> show(CallerContext caller, UUID userId) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), userId), Subscriptions::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", userId));
    }

    /** Fails with {@code user_not_found}, and as the check and the change do. */
    Uni<SubscriptionView> revise(
            CallerContext caller,
            UUID userId,
            Consumer<SubscriptionView> check,
            UnaryOperator<SubscriptionForm> change) {
        return sql.transaction(caller, statements -> shown(caller, statements, userId, SHOW + " for update")
                .invoke(check)
                .call(before -> written(caller, statements, userId, before, change.apply(SubscriptionForm.of(before))))
                .chain(before -> shown(caller, statements, userId, SHOW)));
    }

    private static Uni<SubscriptionView> shown(
            CallerContext caller, Statements statements, UUID userId, String select) {
        return statements
                .first(select, Tuple.of(caller.orgId(), userId), Subscriptions::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", userId));
    }

    private static Uni<?> written(
            CallerContext caller, Statements statements, UUID userId, SubscriptionView before, SubscriptionForm form) {
        var revised =
                Tuple.of(caller.orgId(), userId, form.tier(), form.status(), before.periodStart(), before.periodEnd());
        var limits = Tuple.of(caller.orgId(), userId, form.tier(), form.maxAgents(), form.monthlyTokenQuota());
        return statements.run(REVISE, revised).chain(() -> statements.run(LIMIT, limits));
    }

    private static SubscriptionView view(Row row) {
        return new SubscriptionView(
                row.getUUID("id"),
                row.getString("tier"),
                row.getString("status"),
                row.getInteger("max_agents"),
                row.getLong("monthly_token_quota"),
                row.getOffsetDateTime("period_start"),
                row.getOffsetDateTime("period_end"),
                row.getInteger("version"));
    }
}
