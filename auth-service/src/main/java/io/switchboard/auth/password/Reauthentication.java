package io.switchboard.auth.password;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.Uncancellable;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Demands a credential from a signed-in user before what a thief with a token must not do. Attempts are counted before they are
 * checked, apart from those of signing in, which strangers can fill.
 */
@ApplicationScoped
public class Reauthentication {
    private static final String ACCOUNT =
            "select u.email, u.password_hash from user_accounts u where u.org_id = $1 and u.id = $2 and u.is_active";

    private final TenantSql sql;
    private final Limits limits;
    private final Throttle throttle;
    private final Refusals refusals;
    private final Passwords passwords;

    Reauthentication(TenantSql sql, Limits limits, Throttle throttle, Refusals refusals, Passwords passwords) {
        this.sql = sql;
        this.limits = limits;
        this.throttle = throttle;
        this.refusals = refusals;
        this.passwords = passwords;
    }

    /** The account that the credential must belong to. */
    public record UserSecret(String email, String passwordHash) {
        @Override
        public String toString() {
            return "Account";
        }
    }

    /**
     * The credential that the caller presents.
     *
     * @param action its purpose, the action of the audit event of a failure
     * @param field its name in the body
     */
    public record PresentedCredential(String action, String field, Function<UserSecret, Uni<Boolean>> check) {}

    public PresentedCredential password(String action, String field, String password) {
        return new PresentedCredential(
                action,
                field,
                account -> passwords.matches(HashCaller.proven(account.email()), password, account.passwordHash()));
    }

    /** Fails with {@code invalid} for the field, or {@code too_many_attempts} (429). */
    public Uni<UserSecret> demand(CallerContext caller, PresentedCredential shown) {
        return sql.first(
                        caller,
                        ACCOUNT,
                        Tuple.of(caller.orgId(), caller.userId()),
                        row -> new UserSecret(row.getString("email"), row.getString("password_hash")))
                .onItem()
                .ifNull()
                .failWith(Problem::unauthorized)
                .call(account -> check(caller, account, shown));
    }

    private Uni<Void> check(CallerContext caller, UserSecret account, PresentedCredential shown) {
        return Uncancellable.run(throttle.reserve(
                        limits.reauth(caller.userId()),
                        limits.address(caller.origin().address()))
                .chain(attempt -> throttle.counting(
                                attempt, failure -> Throttle.is(failure, "invalid"), () -> shown.check()
                                        .apply(account)
                                        .chain(right ->
                                                right ? Uni.createFrom().voidItem() : refuse(caller, shown, attempt)))
                        .call(() -> throttle.succeeded(attempt))));
    }

    private Uni<Void> refuse(CallerContext caller, PresentedCredential shown, Attempt failed) {
        var event = AuditEvent.failure(shown.action(), "users", caller.userId());
        return refusals.refuse(caller, event, Problem.invalid(shown.field(), "is not right"), failed);
    }
}
