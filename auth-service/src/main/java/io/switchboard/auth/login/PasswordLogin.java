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
import io.switchboard.auth.totp.SecondFactors;
import io.switchboard.auth.user.Users;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.secret.Fingerprint;
import io.switchboard.kit.secret.OpaqueToken;
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
 * Signing in by e-mail and password. An unknown e-mail, a wrong password and a disabled user cost the same
 * statements and the same hash, and get the same answer. Only the right password reveals that there is a second factor.
 */
@ApplicationScoped
class PasswordLogin {
    private static final UUID UNKNOWN_ID = new UUID(0, 0);
    private static final String BEGIN =
            "select " + Throttle.OUTCOME + ", known_device, org_id, id" + " from begin_password_login($1, $2, $3, $4)";
    private static final String CREDENTIALS = "select u.password_hash, u.role::text as role,"
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

    /** The user whom the e-mail names; of the platform and with UNKNOWN_ID if it is unknown. */
    private record NamedUser(Attempt attempt, boolean knownDevice, UUID orgId, UUID id) {}

    /** The stored data that the sign-in is checked against. */
    private record UserCredentials(String passwordHash, String role, boolean active, boolean enrolled) {}

    /** Fails with {@code unauthorized}, {@code second_factor_required}, or {@code too_many_attempts} (429). */
    Uni<LoginView> login(LoginForm form, Origin origin) {
        var email = Users.normal(form.email());
        return Uncancellable.run(begin(email, form.deviceToken(), origin)
                .chain(user -> throttle.counting(
                        user.attempt(),
                        failure -> Throttle.is(failure, "unauthorized"),
                        () -> verify(user, email, form, origin)))
                .invoke(() -> knownAddresses.add(origin.address())));
    }

    private Uni<NamedUser> begin(String email, @Nullable String deviceToken, Origin origin) {
        var stranger = Throttle.json(limits.account(email), limits.address(origin.address()));
        var device = Throttle.json(limits.device(deviceToken == null ? "" : deviceToken));
        var hash = deviceToken == null ? null : OpaqueToken.shown(deviceToken).hash();
        return throttle.counted(BEGIN, Tuple.of(email, hash, stranger, device)).map(row -> {
            var known = row.getBoolean("known_device");
            return user(row, Throttle.admitted(row, known ? device : stranger), known);
        });
    }

    private static NamedUser user(Row row, Attempt attempt, boolean known) {
        var orgId = row.getUUID("org_id");
        return orgId == null
                ? new NamedUser(attempt, false, CallerContext.PLATFORM, UNKNOWN_ID)
                : new NamedUser(attempt, known, orgId, row.getUUID("id"));
    }

    private Uni<LoginView> verify(NamedUser user, String email, LoginForm form, Origin origin) {
        return findCredentials(user, origin).chain(credentials -> passwords
                .matches(
                        hashCaller(user, origin),
                        form.password(),
                        credentials == null ? null : credentials.passwordHash())
                .chain(matches -> matches && credentials.active()
                        ? checkCode(user, credentials, email, form, origin)
                        : refuse(user, email, origin, user.attempt())));
    }

    private HashCaller hashCaller(NamedUser user, Origin origin) {
        return user.knownDevice() ? HashCaller.proven(user.id()) : knownAddresses.caller(origin.address());
    }

    private Uni<LoginView> checkCode(
            NamedUser user, UserCredentials credentials, String email, LoginForm form, Origin origin) {
        var pending = pendingSignIn(user, credentials, form, origin);
        if (!credentials.enrolled()) {
            return signIn.complete(pending);
        }
        if (form.code() == null) {
            return refusals.refuse(pending.person(), failure(user, email), CODE_MISSING);
        }
        return throttle.reserve(limits.totp(user.id()))
                .chain(attempt -> throttle.counting(
                        attempt, failure -> Throttle.is(failure, "unauthorized"), () -> spendCode(pending, form)
                                .chain(spent -> spent
                                        ? throttle.succeeded(attempt)
                                        : refuse(user, email, origin, attempt, user.attempt()))))
                .chain(() -> signIn.complete(pending));
    }

    private Uni<Boolean> spendCode(PendingSignIn pending, LoginForm form) {
        return secondFactors.spend(pending.person(), form.code());
    }

    private Uni<@Nullable UserCredentials> findCredentials(NamedUser user, Origin origin) {
        return sql.first(
                CallerContext.Value.service(user.orgId(), "auth-service", origin),
                CREDENTIALS,
                Tuple.of(user.orgId(), user.id()),
                row -> new UserCredentials(
                        row.getString("password_hash"),
                        row.getString("role"),
                        row.getBoolean("active"),
                        row.getBoolean("enrolled")));
    }

    private static PendingSignIn pendingSignIn(
            NamedUser user, UserCredentials credentials, LoginForm form, Origin origin) {
        var person = CallerContext.Value.user(user.orgId(), user.id(), credentials.role(), origin);
        var knownDevice = user.knownDevice() ? form.deviceToken() : null;
        return PendingSignIn.of(person, credentials.passwordHash(), knownDevice, user.attempt());
    }

    private <T> Uni<T> refuse(NamedUser user, String email, Origin origin, Attempt... failed) {
        return refusals.refuse(user.orgId(), failure(user, email), origin, failed);
    }

    private AuditEvent failure(NamedUser user, String email) {
        var userId = user.id().equals(UNKNOWN_ID) ? null : user.id();
        return AuditEvent.failure("login", "users", userId).with(Map.of("email", fingerprint.of("email:" + email)));
    }
}
