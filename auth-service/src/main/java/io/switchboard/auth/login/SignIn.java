package io.switchboard.auth.login;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.TokenIssuer;
import io.switchboard.auth.user.UserView;
import io.switchboard.auth.user.Users;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.Fact;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** What follows when it is settled who somebody is: a family of refresh tokens, a known device, and the record of it. */
@ApplicationScoped
class SignIn {
    /** All of it in one statement, hence one round trip: every sign-in waits for it. */
    private static final String OPEN = """
            with person as (
                update users u set last_login_at = now() where u.org_id = $1 and u.id = $2 returning u.*
            ), family as (
                insert into refresh_families (org_id, id, user_id, ip, user_agent)
                values ($1, $3, $2, $4::text::inet, $5)
            ), token as (
                insert into refresh_tokens (org_id, id, family, token_hash) values ($1, $6, $3, $7)
            ), device as (
                insert into device_tokens (org_id, id, user_id, token_hash)
                select $1, $8::uuid, $2, $9::bytea where $10::boolean
            ), fact as (
                insert into outbox (org_id, id, event) values ($1, $11, $12)
            )
            select %s, case when $13::jsonb is not null then return_attempt($13, $14::timestamptz, true) end
            from person u
            """.formatted(Users.COLUMNS);

    private final TenantSql sql;
    private final Outbox outbox;
    private final TokenIssuer issuer;

    SignIn(TenantSql sql, Outbox outbox, TokenIssuer issuer) {
        this.sql = sql;
        this.outbox = outbox;
        this.issuer = issuer;
    }

    Uni<LoginView> of(Opening opening) {
        return sql.first(opening.person(), OPEN, args(opening), Users::view).chain(user -> answer(opening, user));
    }

    /** Writes it down in a transaction that made its user; {@link #answer} follows when that has ended. */
    Uni<UserView> within(Statements statements, Opening opening) {
        return statements.first(OPEN, args(opening), Users::view);
    }

    Uni<LoginView> answer(Opening opening, UserView user) {
        return issuer.forUser(user.orgId(), user.id(), user.role().wire(), Users.plan(user))
                .map(access -> new LoginView(
                        access.text(),
                        opening.refreshToken().reveal(),
                        access.expiresIn(),
                        "Bearer",
                        user,
                        opening.deviceToken().reveal()));
    }

    private Tuple args(Opening opening) {
        var person = opening.person();
        var origin = opening.origin();
        var fact = Fact.success("login", "users", person.userId()).from(origin.address(), origin.userAgent());
        var row = outbox.row(person, fact);
        var attempt = opening.attempt();
        return Tuple.tuple()
                .addValue(person.orgId())
                .addValue(person.userId())
                .addValue(UuidV7.next())
                .addValue(origin.address())
                .addValue(origin.userAgent())
                .addValue(UuidV7.next())
                .addValue(opening.refreshToken().hash())
                .addValue(UuidV7.next())
                .addValue(opening.deviceToken().hash())
                .addValue(opening.knownDevice() == null)
                .addValue(row.getValue(1))
                .addValue(row.getValue(2))
                .addValue(attempt == null ? null : attempt.limits())
                .addValue(attempt == null ? null : attempt.at());
    }
}
