package io.switchboard.auth.session;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.RefreshTokenKeys;
import io.switchboard.auth.token.TokenIssuer;
import io.switchboard.auth.user.Users;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** The last step of a sign-in: a family of refresh tokens, a known device, and the audit event. */
@ApplicationScoped
public class SignIn {
    private static final int MOST_DEVICES = 20; // of a user; the oldest goes

    /**
     * One statement, hence one round trip: every sign-in waits for it. It has no row for a user who was switched off, alone or
     * with the organization, or got another password since this one was checked: the locks wait for such a change.
     */
    private static final String OPEN = """
            with person as (
                select * from record_sign_in($2, $14)
            ), family as (
                insert into refresh_families (org_id, id, user_id, ip, user_agent, token_hash)
                select $1, $3::uuid, $2, $4::text::inet, $5, $6::bytea from person
            ), device as (
                insert into device_tokens (org_id, id, user_id, token_hash)
                select $1, $7::uuid, $2, $8::bytea from person where $9::boolean
            ), forgotten as (
                delete from device_tokens d where d.org_id = $1 and $9::boolean and exists (select from person) and d.id in (
                    select o.id from device_tokens o where o.org_id = $1 and o.user_id = $2
                    order by o.created_at desc, o.id desc offset %d)
            ), fact as (
                insert into outbox (org_id, id, event) select $1, $10::uuid, $11::jsonb from person
            )
            select %s, $3::uuid as family,
                case when $12::jsonb is not null then return_attempt($12, $13::timestamptz, true) end
            from person u join organization_accounts o on o.org_id = u.org_id and o.id = u.org_id
            """.formatted(MOST_DEVICES - 1, SignInResult.COLUMNS);

    private final TenantSql sql;
    private final Outbox outbox;
    private final TokenIssuer issuer;
    private final RefreshTokenKeys refreshTokenKeys;

    SignIn(TenantSql sql, Outbox outbox, TokenIssuer issuer, RefreshTokenKeys refreshTokenKeys) {
        this.sql = sql;
        this.outbox = outbox;
        this.issuer = issuer;
        this.refreshTokenKeys = refreshTokenKeys;
    }

    /** Fails with {@code unauthorized} if the user is switched off or has another password by now. */
    public Uni<LoginView> complete(PendingSignIn pending) {
        return sql.first(pending.person(), OPEN, args(pending), SignInResult::of)
                .onItem()
                .ifNull()
                .failWith(Problem::unauthorized)
                .chain(signedIn -> issueTokens(pending, signedIn));
    }

    /** Records it in the transaction that creates its user; {@link #issueTokens} follows after the commit. */
    public Uni<SignInResult> record(Statements statements, PendingSignIn pending) {
        return statements.first(OPEN, args(pending), SignInResult::of);
    }

    public Uni<LoginView> issueTokens(PendingSignIn pending, SignInResult signedIn) {
        var user = signedIn.user();
        return issuer.forUser(user.orgId(), user.id(), signedIn.role(), Users.plan(user), signedIn.family())
                .map(access -> new LoginView(
                        access.text(),
                        refreshTokenKeys.reveal(pending.refreshToken()),
                        access.expiresIn(),
                        "Bearer",
                        user,
                        pending.deviceToken().reveal(),
                        signedIn.totpPending()));
    }

    private Tuple args(PendingSignIn pending) {
        var person = pending.person();
        var origin = person.origin();
        var fact = AuditEvent.success("login", "users", person.userId());
        var row = outbox.entry(person, fact);
        var attempt = pending.attempt();
        return Tuple.tuple()
                .addValue(person.orgId())
                .addValue(person.userId())
                .addValue(pending.refreshToken().family())
                .addValue(origin.address())
                .addValue(origin.userAgent())
                .addValue(pending.refreshToken().hash())
                .addValue(UuidV7.next())
                .addValue(pending.deviceToken().hash())
                .addValue(pending.knownDevice() == null)
                .addValue(row.id())
                .addValue(row.event())
                .addValue(attempt == null ? null : attempt.limits())
                .addValue(attempt == null ? null : attempt.at())
                .addValue(pending.passwordHash());
    }
}
