package io.switchboard.auth.signup;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.password.Passwords;
import io.switchboard.auth.session.LoginView;
import io.switchboard.auth.session.PendingSignIn;
import io.switchboard.auth.session.SignIn;
import io.switchboard.auth.session.SignInResult;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.user.Invitations;
import io.switchboard.auth.user.Users;
import io.switchboard.auth.user.Users.NewUser;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.secret.OpaqueToken;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.Uncancellable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accepts an invitation: creates its user and signs the user in. */
@ApplicationScoped
class InvitationAcceptance {
    private static final String FIND = "select org_id, id from find_invitation($1)";

    private static final String GONE = "invitation_not_found";

    private final TenantSql sql;
    private final Limits limits;
    private final Throttle throttle;
    private final Refusals refusals;
    private final Passwords passwords;
    private final Users users;
    private final Invitations invitations;
    private final SignIn signIn;

    InvitationAcceptance(
            TenantSql sql,
            Limits limits,
            Throttle throttle,
            Refusals refusals,
            Passwords passwords,
            Users users,
            Invitations invitations,
            SignIn signIn) {
        this.sql = sql;
        this.limits = limits;
        this.throttle = throttle;
        this.refusals = refusals;
        this.passwords = passwords;
        this.users = users;
        this.invitations = invitations;
        this.signIn = signIn;
    }

    /**
     * Fails with {@code invalid}, {@code invitation_not_found}, {@code email_taken}, or {@code too_many_attempts} (429). Only
     * tokens that are not good are counted, after the check: a token cannot be guessed.
     */
    Uni<LoginView> accept(InvitationAcceptanceForm form, Origin origin) {
        Passwords.check("password", form.password());
        return Uncancellable.run(
                sql.crossTenant(FIND, Tuple.of(OpaqueToken.shown(form.token()).hash()))
                        .map(Found::of)
                        .chain(invitation -> acceptIfKnown(invitation, form, origin)
                                .onFailure(failure -> Throttle.is(failure, GONE))
                                .recoverWithUni(() -> refuse(invitation, origin))));
    }

    /**
     * An invitation, whatever has become of it.
     *
     * @param orgId the platform's if the token is unknown
     */
    private record Found(UUID orgId, @Nullable UUID id) {
        static Found of(RowSet<Row> rows) {
            var row = rows.iterator();
            return row.hasNext() ? of(row.next()) : new Found(CallerContext.PLATFORM, null);
        }

        private static Found of(Row row) {
            return new Found(row.getUUID("org_id"), row.getUUID("id"));
        }
    }

    private Uni<LoginView> refuse(Found invitation, Origin origin) {
        var fact = AuditEvent.failure("accept", "invitations", invitation.id());
        var service = CallerContext.Value.service(invitation.orgId(), "auth-service", origin);
        return throttle.reserve(limits.address(origin.address()))
                .chain(attempt -> refusals.refuse(service, fact, gone(), attempt));
    }

    private Uni<LoginView> acceptIfKnown(Found invitation, InvitationAcceptanceForm form, Origin origin) {
        return invitation.id() == null
                ? Uni.createFrom().failure(InvitationAcceptance::gone)
                : passwords
                        .hash(HashCaller.proven(invitation.id()), form.password())
                        .chain(hash -> accept(invitation, form, hash, origin));
    }

    private Uni<LoginView> accept(Found invitation, InvitationAcceptanceForm form, String hash, Origin origin) {
        var person = CallerContext.Value.onBehalf(invitation.orgId(), UuidV7.next(), "auth-service", origin);
        var pending = PendingSignIn.ofNewUser(person);
        return sql.transaction(person, statements -> write(statements, invitation, form, hash, pending))
                .chain(signedIn -> signIn.issueTokens(pending, signedIn));
    }

    private Uni<SignInResult> write(
            Statements statements,
            Found invitation,
            InvitationAcceptanceForm form,
            String hash,
            PendingSignIn pending) {
        var person = pending.person();
        return invitations
                .accept(statements, person, invitation.id())
                .onItem()
                .ifNull()
                .failWith(InvitationAcceptance::gone)
                .chain(accepted -> users.add(person, statements, newUser(accepted, person.userId(), form, hash)))
                .chain(() -> invitations.setAcceptedBy(statements, person, invitation.id()))
                .chain(() -> signIn.record(statements, pending));
    }

    private static NewUser newUser(
            Invitations.Accepted invitation, UUID id, InvitationAcceptanceForm form, String hash) {
        return new NewUser(id, invitation.email(), form.fullName(), invitation.role(), hash);
    }

    private static Problem gone() {
        return Problem.notFound("invitation", null);
    }
}
