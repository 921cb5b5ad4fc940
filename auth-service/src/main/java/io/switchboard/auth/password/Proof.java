package io.switchboard.auth.password;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.kit.outbox.Fact;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.Shield;
import io.switchboard.kit.tenant.Tenant;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Signed-in users show once more that they are who they are, before what a stolen token must not do. Failures are counted
 * before anything is checked, and apart from those of signing in: strangers make these.
 */
@ApplicationScoped
public class Proof {
    private static final String ACCOUNT =
            "select u.email, u.password_hash from users u where u.org_id = $1 and u.id = $2 and u.is_active";

    private final TenantSql sql;
    private final Limits limits;
    private final Throttle throttle;
    private final Refusals refusals;
    private final Passwords passwords;

    Proof(TenantSql sql, Limits limits, Throttle throttle, Refusals refusals, Passwords passwords) {
        this.sql = sql;
        this.limits = limits;
        this.throttle = throttle;
        this.refusals = refusals;
        this.passwords = passwords;
    }

    /** Whom the caller has to prove to be. */
    public record Account(String email, String passwordHash) {
        @Override
        public String toString() {
            return "Account";
        }
    }

    /**
     * What is shown as proof.
     *
     * @param action what it is for, as the record of a failure calls it
     * @param field where it stands in the body
     */
    public record Shown(String action, String field, Function<Account, Uni<Boolean>> check) {}

    public Shown password(String action, String field, String password) {
        return new Shown(
                action,
                field,
                account -> passwords.matches(HashCaller.proven(account.email()), password, account.passwordHash()));
    }

    /** Fails with {@code invalid} for the field, or {@code too_many_attempts} (429). */
    public Uni<Account> demand(Tenant tenant, Shown shown) {
        return sql.first(
                        tenant,
                        ACCOUNT,
                        Tuple.of(tenant.orgId(), tenant.userId()),
                        row -> new Account(row.getString("email"), row.getString("password_hash")))
                .onItem()
                .ifNull()
                .failWith(Problem::unauthorized)
                .call(account -> counted(tenant, account, shown));
    }

    private Uni<Void> counted(Tenant tenant, Account account, Shown shown) {
        return Shield.around(throttle.reserve(
                        limits.proof(tenant.userId()),
                        limits.address(tenant.origin().address()))
                .chain(attempt -> throttle.counting(
                                attempt, failure -> Throttle.is(failure, "invalid"), () -> shown.check()
                                        .apply(account)
                                        .chain(right ->
                                                right ? Uni.createFrom().voidItem() : refused(tenant, shown, attempt)))
                        .call(() -> throttle.succeeded(attempt))));
    }

    private Uni<Void> refused(Tenant tenant, Shown shown, Attempt failed) {
        var fact = Fact.failure(shown.action(), "users", tenant.userId());
        return refusals.refuse(tenant, fact, Problem.invalid(shown.field(), "is not right"), failed);
    }
}
