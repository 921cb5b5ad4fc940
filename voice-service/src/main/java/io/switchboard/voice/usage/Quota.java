package io.switchboard.voice.usage;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.value.Times;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether something new may begin on a user's account. It may while fewer tokens are used than the quota has, so one run may go over
 * it; what runs already is never cut. A call gets no assistant by the same rule: usage_of_month in db/usage.
 */
final class Quota {
    private static final String LOCKED_USAGE = "select " + MonthUsage.COLUMNS + " from lock_usage_of_month($1, $2)";

    private Quota() {}

    /**
     * For what is recorded in this transaction: other runs of the owner wait until it ends. Fails with {@code quota_exceeded}
     * (429).
     */
    static Uni<Void> admit(CallerContext caller, Statements statements, UUID owner) {
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
            var seconds = Math.max(1, (int) wait.toSeconds() + 1); // a try just before would be refused again
            throw Problem.tooMany("quota_exceeded", "This month's tokens of the agent's owner are used up.", seconds)
                    .with("resetsAt", Times.text(usage.resetsAt()));
        }
    }
}
