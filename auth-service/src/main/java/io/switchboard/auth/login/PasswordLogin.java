package io.switchboard.auth.login;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.password.Passwords;
import io.switchboard.auth.session.LoginView;
import io.switchboard.auth.session.PendingSignIn;
import io.switchboard.auth.session.SignIn;
import io.switchboard.auth.throttle.KnownAddresses;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.auth.token.OpaqueToken;
import io.switchboard.auth.totp.SecondFactors;
import io.switchboard.auth.user.Users;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.secret.Fingerprint;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.Uncancellable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signing in by e-mail and password. The same statements run and the same hash is worked out for an e-mail that nobody
 * has, a wrong password and a user that is switched off, and the answer is the same. Of a second factor, only who has the
 * right password gets to hear.
 */
@ApplicationScoped
class PasswordLogin {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final String BEGIN =
            "select " + Throttle.OUTCOME + ", known_device, org_id, id" + " from begin_password_login($1, $2, $3, $4)";
    private static final String ACCOUNT = "select u.password_hash, u.role::text as role,"
            + " u.may_sign_in as active, t.id is not null as enrolled from user_accounts u"
            + " left join confirmed_factors t on t.org_id = u.org_id and t.id = u.id"
            + " where u.org_id = $1 and u.id = $2";

    private static final Problem CODE_MISSING =
            Problem.unauthorized("second_factor_required", "A code of the authenticator is needed.");

    private final TenantSql sql;
    private final Limits limits;
    private final Throttle throttle;
    private final Passwords passwords;
    private final SignIn signIn;
    private final Refusals refusals;
    private final Fingerprint fingerprint;
    private final SecondFactors secondFactors;
    private final KnownAddresses knownAddresses;

    PasswordLogin(
            TenantSql sql,
            Limits limits,
            Throttle throttle,
            Passwords passwords,
            SignIn signIn,
            Refusals refusals,
            Fingerprint fingerprint,
            SecondFactors secondFactors,
            KnownAddresses knownAddresses) {
        this.sql = sql;
        this.limits = limits;
        this.throttle = throttle;
        this.passwords = passwords;
        this.signIn = signIn;
        this.refusals = refusals;
        this.fingerprint = fingerprint;
        this.secondFactors = secondFactors;
        this.knownAddresses = knownAddresses;
    }

    /** Who it would be; the platform and nobody where the e-mail is unknown. */
    private record Candidate(Attempt attempt, boolean knownDevice, UUID orgId, UUID id) {}

    /** What the password is checked against. */
    private record Account(String passwordHash, String role, boolean active, boolean enrolled) {}

    /** Fails with {@code unauthorized}, {@code second_factor_required}, or {@code too_many_attempts} (429). */
    Uni<LoginView> login(LoginForm form, Origin origin) {
        var email = Users.normal(form.email());
        return Uncancellable.run(begin(email, form.deviceToken(), origin)
                .chain(candidate -> throttle.counting(
                        candidate.attempt(),
                        failure -> Throttle.is(failure, "unauthorized"),
                        () -> verify(candidate, email, form, origin)))
                .invoke(() -> knownAddresses.add(origin.address())));
    }

    private Uni<Candidate> begin(String email, @Nullable String deviceToken, Origin origin) {
        var stranger = Throttle.json(limits.account(email), limits.address(origin.address()));
        var device = Throttle.json(limits.device(deviceToken == null ? "" : deviceToken));
        var hash = deviceToken == null ? null : OpaqueToken.shown(deviceToken).hash();
        return throttle.counted(BEGIN, Tuple.of(email, hash, stranger, device)).map(row -> {
            var known = row.getBoolean("known_device");
            return candidate(row, Throttle.admitted(row, known ? device : stranger), known);
        });
    }

    private static Candidate candidate(Row row, Attempt attempt, boolean known) {
        var orgId = row.getUUID("org_id");
        return orgId == null
                ? new Candidate(attempt, false, CallerContext.PLATFORM, NOBODY)
                : new Candidate(attempt, known, orgId, row.getUUID("id"));
    }

    private Uni<LoginView> verify(Candidate candidate, String email, LoginForm form, Origin origin) {
        return account(candidate, origin).chain(account -> passwords
                .matches(
                        hashCaller(candidate, origin), form.password(), account == null ? null : account.passwordHash())
                .chain(matches -> matches && account.active()
                        ? admitted(candidate, account, email, form, origin)
                        : refused(candidate, email, origin, candidate.attempt())));
    }

    private HashCaller hashCaller(Candidate candidate, Origin origin) {
        return candidate.knownDevice() ? HashCaller.proven(candidate.id()) : knownAddresses.caller(origin.address());
    }

    private Uni<LoginView> admitted(Candidate candidate, Account account, String email, LoginForm form, Origin origin) {
        var opening = opening(candidate, account, form, origin);
        if (!account.enrolled()) {
            return signIn.complete(opening);
        }
        if (form.code() == null) {
            return refusals.refuse(opening.person(), failure(candidate, email), CODE_MISSING);
        }
        return throttle.reserve(limits.totp(candidate.id()))
                .chain(attempt -> throttle.counting(
                        attempt, failure -> Throttle.is(failure, "unauthorized"), () -> spent(opening, form)
                                .chain(spent -> spent
                                        ? throttle.succeeded(attempt)
                                        : refused(candidate, email, origin, attempt, candidate.attempt()))))
                .chain(() -> signIn.complete(opening));
    }

    private Uni<Boolean> spent(PendingSignIn opening, LoginForm form) {
        return secondFactors.spend(opening.person(), form.code());
    }

    private Uni<@Nullable Account> account(Candidate candidate, Origin origin) {
        return sql.first(
                CallerContext.Value.service(candidate.orgId(), "auth-service", origin),
                ACCOUNT,
                Tuple.of(candidate.orgId(), candidate.id()),
                row -> new Account(
                        row.getString("password_hash"),
                        row.getString("role"),
                        row.getBoolean("active"),
                        row.getBoolean("enrolled")));
    }

    private static PendingSignIn opening(Candidate candidate, Account account, LoginForm form, Origin origin) {
        var person = CallerContext.Value.user(candidate.orgId(), candidate.id(), account.role(), origin);
        var knownDevice = candidate.knownDevice() ? form.deviceToken() : null;
        return PendingSignIn.of(person, account.passwordHash(), knownDevice, candidate.attempt());
    }

    private <T> Uni<T> refused(Candidate candidate, String email, Origin origin, Attempt... failed) {
        return refusals.refuse(candidate.orgId(), failure(candidate, email), origin, failed);
    }

    private AuditEvent failure(Candidate candidate, String email) {
        var userId = candidate.id().equals(NOBODY) ? null : candidate.id();
        return AuditEvent.failure("login", "users", userId).with(Map.of("email", fingerprint.of("email:" + email)));
    }
}
