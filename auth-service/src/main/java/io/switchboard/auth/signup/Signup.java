package io.switchboard.auth.signup;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.organization.OrganizationView;
import io.switchboard.auth.organization.Organizations;
import io.switchboard.auth.password.Passwords;
import io.switchboard.auth.session.PendingSignIn;
import io.switchboard.auth.session.SignIn;
import io.switchboard.auth.session.SignInResult;
import io.switchboard.auth.throttle.KnownAddresses;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.user.Role;
import io.switchboard.auth.user.Users;
import io.switchboard.auth.user.Users.NewUser;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.enterprise.context.ApplicationScoped;

/** Founding an organization, and signing in as its first admin. */
@ApplicationScoped
class Signup {
    private final TenantSql sql;
    private final Limits limits;
    private final Throttle throttle;
    private final Passwords passwords;
    private final Organizations organizations;
    private final Users users;
    private final SignIn signIn;
    private final KnownAddresses knownAddresses;

    Signup(
            TenantSql sql,
            Limits limits,
            Throttle throttle,
            Passwords passwords,
            Organizations organizations,
            Users users,
            SignIn signIn,
            KnownAddresses knownAddresses) {
        this.sql = sql;
        this.limits = limits;
        this.throttle = throttle;
        this.passwords = passwords;
        this.organizations = organizations;
        this.users = users;
        this.signIn = signIn;
        this.knownAddresses = knownAddresses;
    }

    /** Fails with {@code invalid}, {@code email_taken}, or {@code too_many_signups} (429). */
    Uni<SignupView> signUp(SignupForm form, Origin origin) {
        Passwords.check("password", form.password());
        return throttle.reserve(limits.signup(origin.address()))
                .chain(attempt -> passwords.hash(knownAddresses.caller(origin.address()), form.password()))
                .chain(hash -> foundOrganization(form, hash, origin));
    }

    private Uni<SignupView> foundOrganization(SignupForm form, String passwordHash, Origin origin) {
        var admin = new NewUser(UuidV7.next(), Users.normal(form.email()), form.fullName(), Role.ADMIN, passwordHash);
        // The service founds it, on behalf of the person whom it will belong to.
        var person = CallerContext.Value.onBehalf(UuidV7.next(), admin.id(), "auth-service", origin);
        var pending = PendingSignIn.ofNewUser(person);
        return sql.transaction(person, statements -> write(statements, form.organizationName(), admin, pending))
                .chain(view -> signIn.issueTokens(pending, view.admin())
                        .map(login -> SignupView.of(view.organization(), login)));
    }

    private Uni<Founded> write(Statements statements, String name, NewUser admin, PendingSignIn pending) {
        return organizations
                .create(pending.person(), statements, name)
                .call(() -> users.add(pending.person(), statements, admin))
                .chain(organization ->
                        signIn.record(statements, pending).map(signedIn -> new Founded(organization, signedIn)));
    }

    private record Founded(OrganizationView organization, SignInResult admin) {}
}
