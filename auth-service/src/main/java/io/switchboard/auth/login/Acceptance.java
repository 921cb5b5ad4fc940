package io.switchboard.auth.login;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.password.Passwords;
import io.switchboard.auth.token.OpaqueToken;
import io.switchboard.auth.user.Role;
import io.switchboard.auth.user.Users;
import io.switchboard.auth.user.Users.NewUser;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.Acting;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Taking up an invitation, and signing in as the user that comes of it. */
@ApplicationScoped
class Acceptance {
    private static final String FIND = "select org_id, id from find_invitation($1)";
    // Of any number who show the token at once, one gets through: the others find it accepted.
    private static final String ACCEPT = "update invitations i set status = 'accepted', version = i.version + 1"
            + " from organizations o where i.org_id = $1 and i.id = $2 and i.status = 'pending' and i.expires_at > now()"
            + " and o.org_id = i.org_id and o.id = i.org_id and o.status = 'active'"
            + " returning i.email, i.role::text as role";
    private static final String ACCEPTED_BY = "update invitations set accepted_by = $3 where org_id = $1 and id = $2";

    private final TenantSql sql;
    private final Passwords passwords;
    private final Users users;
    private final SignIn signIn;

    Acceptance(TenantSql sql, Passwords passwords, Users users, SignIn signIn) {
        this.sql = sql;
        this.passwords = passwords;
        this.users = users;
        this.signIn = signIn;
    }

    /** Fails with {@code invalid}, {@code invitation_not_found} or {@code email_taken}. */
    Uni<LoginView> accept(AcceptanceForm form, Origin origin) {
        Passwords.check("password", form.password());
        return sql.across(FIND, Tuple.of(OpaqueToken.shown(form.token()).hash()))
                .map(Acceptance::found)
                .chain(invitation ->
                        passwords.hash(form.password()).chain(hash -> take(invitation, form, hash, origin)));
    }

    private record Found(UUID orgId, UUID id) {}

    private static Found found(RowSet<Row> rows) {
        var row = rows.iterator();
        if (!row.hasNext()) {
            throw gone();
        }
        var invitation = row.next();
        return new Found(invitation.getUUID("org_id"), invitation.getUUID("id"));
    }

    private Uni<LoginView> take(Found invitation, AcceptanceForm form, String hash, Origin origin) {
        var person = Acting.onBehalf(invitation.orgId(), UuidV7.next(), "auth-service", origin);
        var opening = Opening.ofNewcomer(person);
        return sql.transaction(person, statements -> written(statements, invitation, form, hash, opening))
                .chain(signedIn -> signIn.answer(opening, signedIn));
    }

    private Uni<SignedIn> written(
            Statements statements, Found invitation, AcceptanceForm form, String hash, Opening opening) {
        var person = opening.person();
        return statements
                .first(
                        ACCEPT,
                        Tuple.of(invitation.orgId(), invitation.id()),
                        row -> newcomer(row, person.userId(), form, hash))
                .onItem()
                .ifNull()
                .failWith(Acceptance::gone)
                .chain(user -> users.add(person, statements, user))
                .chain(() ->
                        statements.run(ACCEPTED_BY, Tuple.of(invitation.orgId(), invitation.id(), person.userId())))
                .chain(() -> signIn.within(statements, opening));
    }

    private static NewUser newcomer(Row invitation, UUID id, AcceptanceForm form, String hash) {
        return new NewUser(
                id, invitation.getString("email"), form.fullName(), Role.of(invitation.getString("role")), hash);
    }

    private static Problem gone() {
        return Problem.notFound("invitation", null);
    }
}
