package io.switchboard.auth.password;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.mail.SecurityAlerts;
import io.switchboard.auth.mail.SecurityAlerts.Change;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.token.AddressedToken;
import io.switchboard.auth.user.Users;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.Uncancellable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sets a new password by the token of a mail. Ends the sessions of the user, forgets the devices and clears the counters. */
@ApplicationScoped
class PasswordReset {
    /** No row if there is no such organization. The row of a token goes when it is used. */
    private static final String FIND =
            "select o.id as org_id, u.id, u.email, r.token_hash = $3 and r.expires_at > now()"
                    + " and u.may_sign_in as good from organization_accounts o"
                    + " left join password_resets r on r.org_id = o.org_id and r.id = $2"
                    + " left join user_accounts u on u.org_id = r.org_id and u.id = r.user_id"
                    + " where o.org_id = $1 and o.id = $1";
    // The row of the user is locked before: each of several requests sees which tokens the others have left.
    private static final String SPEND = "delete from password_resets r where r.org_id = $1 and r.user_id = $2"
            + " returning r.id = $3 and r.expires_at > now() as shown";
    private static final String SET = """
            with fact as (
                insert into outbox (org_id, id, event) values ($1, $4, $5)
            ), alert as (
                insert into outbox (org_id, id, destination, event) values ($1, $7, 'mail', $8)
            )
            select set_password_hash($2, $3, null), end_refresh_families_of($2, 'password_reset', null), delete_devices_of($2),
                return_attempt($6, null, true)
            """;

    private final TenantSql sql;
    private final Outbox outbox;
    private final SecurityAlerts alerts;
    private final Limits limits;
    private final Throttle throttle;
    private final Refusals refusals;
    private final Passwords passwords;
    private final Users users;

    PasswordReset(
            TenantSql sql,
            Outbox outbox,
            SecurityAlerts alerts,
            Limits limits,
            Throttle throttle,
            Refusals refusals,
            Passwords passwords,
            Users users) {
        this.sql = sql;
        this.outbox = outbox;
        this.alerts = alerts;
        this.limits = limits;
        this.throttle = throttle;
        this.refusals = refusals;
        this.passwords = passwords;
        this.users = users;
    }

    /**
     * The user of a token.
     *
     * @param orgId the platform's if the token names no organization
     * @param id null if there is no such reset
     */
    private record Owner(
            UUID orgId, @Nullable UUID id, @Nullable String email, boolean good) {
        static final Owner UNKNOWN = new Owner(CallerContext.PLATFORM, null, null, false);

        static Owner of(Row row) {
            return new Owner(
                    row.getUUID("org_id"),
                    row.getUUID("id"),
                    row.getString("email"),
                    Boolean.TRUE.equals(row.getBoolean("good")));
        }
    }

    /**
     * Fails with {@code invalid}, or with {@code too_many_attempts} (429). Only failures are counted, after the check: a
     * token cannot be guessed, and failures of others at the same address must not keep its holder from using it.
     */
    Uni<Void> reset(PasswordResetForm form, Origin origin) {
        Passwords.check("newPassword", form.newPassword());
        var token = AddressedToken.read(form.token());
        return Uncancellable.run(
                findOwner(token, origin).chain(owner -> replace(owner, token, form.newPassword(), origin)
                        .onFailure(failure -> Throttle.is(failure, "invalid"))
                        .recoverWithUni(() -> refuse(owner, origin))));
    }

    private Uni<Owner> findOwner(AddressedToken token, Origin origin) {
        return sql.first(
                        CallerContext.Value.service(token.orgId(), "auth-service", origin),
                        FIND,
                        Tuple.of(token.orgId(), token.id(), token.hash()),
                        Owner::of)
                .onItem()
                .ifNull()
                .continueWith(Owner.UNKNOWN);
    }

    private Uni<Void> replace(Owner owner, AddressedToken token, String password, Origin origin) {
        if (!owner.good()) {
            return Uni.createFrom().failure(PasswordReset::unknownToken);
        }
        var person = CallerContext.Value.onBehalf(owner.orgId(), owner.id(), "auth-service", origin);
        return passwords
                .hash(HashCaller.proven(owner.id()), password)
                .chain(hash -> sql.transaction(person, statements -> spend(statements, person, token)
                        .chain(() -> set(statements, person, owner, hash))));
    }

    private Uni<Void> refuse(Owner owner, Origin origin) {
        var event = AuditEvent.failure("password_reset", "users", owner.id());
        var service = CallerContext.Value.service(owner.orgId(), "auth-service", origin);
        return throttle.reserve(limits.address(origin.address()))
                .chain(attempt -> refusals.refuse(service, event, unknownToken(), attempt));
    }

    private Uni<List<Boolean>> spend(Statements statements, CallerContext person, AddressedToken token) {
        return users.lock(statements, person, person.userId())
                .invoke(active -> {
                    if (!active) {
                        throw unknownToken();
                    }
                })
                .chain(() -> statements.list(
                        SPEND, Tuple.of(person.orgId(), person.userId(), token.id()), row -> row.getBoolean("shown")))
                .invoke(tokens -> {
                    if (!tokens.contains(true)) {
                        throw unknownToken();
                    }
                });
    }

    private Uni<Void> set(Statements statements, CallerContext person, Owner owner, String hash) {
        var event = AuditEvent.success("password_reset", "users", owner.id());
        var record = outbox.entry(person, event);
        var alert = alerts.of(person, owner.email(), Change.PASSWORD);
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
                                .addValue(alert.id())
                                .addValue(alert.event()))
                .replaceWithVoid();
    }

    /** One answer for unknown, used and expired. */
    private static Problem unknownToken() {
        return Problem.invalid("token", "is unknown, used or expired");
    }
}
