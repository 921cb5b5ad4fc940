package io.switchboard.auth.password;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.mail.Notices;
import io.switchboard.auth.mail.Notices.Change;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.token.AddressedToken;
import io.switchboard.kit.outbox.Fact;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.Acting;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.Tenant;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** A new password by the token of a mail. Whatever was open or closed about the user before, starts anew. */
@ApplicationScoped
class PasswordReset {
    private static final String FIND = "select u.id, u.email from password_resets r"
            + " join users u on u.org_id = r.org_id and u.id = r.user_id"
            + " join organizations o on o.org_id = u.org_id and o.id = u.org_id"
            + " where r.org_id = $1 and r.id = $2 and r.token_hash = $3 and r.expires_at > now()"
            + " and u.is_active and o.status = 'active'";
    // The user's row is locked first: of any number at once, each sees which tokens the ones before it have left.
    private static final String LOCK =
            "select u.id from users u where u.org_id = $1 and u.id = $2 and u.is_active for update";
    private static final String SPEND = "delete from password_resets r where r.org_id = $1 and r.user_id = $2"
            + " returning r.id = $3 and r.expires_at > now() as shown";
    private static final String SET = """
            with person as (
                update users u set password_hash = $3 where u.org_id = $1 and u.id = $2
            ), families as (
                update refresh_families f set revoked_at = now(), revoked_because = 'password_reset'
                where f.org_id = $1 and f.user_id = $2 and f.revoked_at is null
            ), devices as (
                delete from device_tokens d where d.org_id = $1 and d.user_id = $2
            ), fact as (
                insert into outbox (org_id, id, event) values ($1, $4, $5)
            ), notice as (
                insert into outbox (org_id, id, destination, event) values ($1, $7, 'mail', $8)
            )
            select return_attempt($6, null, true)
            """;

    private final TenantSql sql;
    private final Outbox outbox;
    private final Notices notices;
    private final Limits limits;
    private final Passwords passwords;

    PasswordReset(TenantSql sql, Outbox outbox, Notices notices, Limits limits, Passwords passwords) {
        this.sql = sql;
        this.outbox = outbox;
        this.notices = notices;
        this.limits = limits;
        this.passwords = passwords;
    }

    private record Owner(UUID id, String email) {}

    /** Fails with {@code invalid}. */
    Uni<Void> reset(PasswordResetForm form, Origin origin) {
        Passwords.check("newPassword", form.newPassword());
        var token = AddressedToken.read(form.token());
        return owner(token, origin)
                .chain(owner -> passwords.hash(form.newPassword()).chain(hash -> {
                    var person = Acting.onBehalf(token.orgId(), owner.id(), "auth-service", origin);
                    return sql.transaction(person, statements -> spent(statements, person, token)
                            .chain(() -> set(statements, person, owner, hash)));
                }));
    }

    private Uni<Owner> owner(AddressedToken token, Origin origin) {
        return sql.first(
                        Acting.service(token.orgId(), "auth-service", origin),
                        FIND,
                        Tuple.of(token.orgId(), token.id(), token.hash()),
                        row -> new Owner(row.getUUID("id"), row.getString("email")))
                .onItem()
                .ifNull()
                .failWith(PasswordReset::gone);
    }

    private static Uni<List<Boolean>> spent(Statements statements, Tenant person, AddressedToken token) {
        return statements
                .first(LOCK, Tuple.of(person.orgId(), person.userId()), row -> row.getUUID("id"))
                .onItem()
                .ifNull()
                .failWith(PasswordReset::gone)
                .chain(() -> statements.list(
                        SPEND, Tuple.of(person.orgId(), person.userId(), token.id()), row -> row.getBoolean("shown")))
                .invoke(tokens -> {
                    if (!tokens.contains(true)) {
                        throw gone();
                    }
                });
    }

    private Uni<Void> set(Statements statements, Tenant person, Owner owner, String hash) {
        var fact = Fact.success("password_reset", "users", owner.id());
        var record = outbox.entry(person, fact);
        var notice = notices.of(person, owner.email(), Change.PASSWORD);
        return statements
                .run(
                        SET,
                        Tuple.tuple()
                                .addValue(person.orgId())
                                .addValue(owner.id())
                                .addValue(hash)
                                .addValue(record.id())
                                .addValue(record.event())
                                .addValue(Throttle.json(limits.account(owner.email())))
                                .addValue(notice.id())
                                .addValue(notice.event()))
                .replaceWithVoid();
    }

    /** One answer for unknown, used and expired. */
    private static Problem gone() {
        return Problem.invalid("token", "is unknown, used or expired");
    }
}
