package io.switchboard.voice.usage;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.value.Times;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether something new may begin on a user's account: an assistant for a call, a run, a message. It may while fewer tokens are used
 * than the quota has, so one run may go over it; what runs already is never cut.
 */
@ApplicationScoped
public class Quota {
    private static final String USAGE = "select " + MonthUsage.COLUMNS + " from usage_of_month($1, $2)";
    private static final String LOCKED_USAGE = "select " + MonthUsage.COLUMNS + " from lock_usage_of_month($1, $2)";

    private final TenantSql sql;

    Quota(TenantSql sql) {
        this.sql = sql;
    }

    /** What the owner of an agent has used. It locks nothing: calls that begin at the same time see the same. */
    public Uni<MonthUsage> usage(CallerContext caller, UUID owner) {
        return sql.first(caller, USAGE, Tuple.of(owner, claimed(caller, owner)), MonthUsage::of);
    }

    /** Fails with {@code quota_exceeded} (429). */
    public Uni<Void> check(CallerContext caller, UUID owner) {
        return usage(caller, owner).invoke(Quota::refuseIfUsedUp).replaceWithVoid();
    }

    /** The same for what is recorded in this transaction: other runs of the owner wait until it ends. */
    Uni<Void> admit(CallerContext caller, Statements statements, UUID owner) {
        return statements
                .first(LOCKED_USAGE, Tuple.of(owner, claimed(caller, owner)), MonthUsage::of)
                .invoke(Quota::refuseIfUsedUp)
                .replaceWithVoid();
    }

    /** The quota of the caller's own token: right after sign-up the copy of the member has not arrived yet. */
    static @Nullable Long claimed(CallerContext caller, UUID owner) {
        var limits = caller.limits();
        return limits != null && owner.equals(caller.userId()) ? limits.monthlyTokenQuota() : null;
    }

    private static void refuseIfUsedUp(MonthUsage usage) {
        if (usage.isUsedUp()) {
            var wait = Duration.between(OffsetDateTime.now(ZoneOffset.UTC), usage.resetsAt());
            throw Problem.tooMany("quota_exceeded", "This month's tokens of the agent's owner are used up.", (int)
                            Math.max(1, wait.toSeconds()))
                    .with("resetsAt", Times.text(usage.resetsAt()));
        }
    }
}
