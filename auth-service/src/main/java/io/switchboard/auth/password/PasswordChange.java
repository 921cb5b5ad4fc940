package io.switchboard.auth.password;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.mail.SecurityAlerts;
import io.switchboard.auth.mail.SecurityAlerts.Change;
import io.switchboard.auth.token.RefreshToken;
import io.switchboard.auth.token.RefreshTokenKeys;
import io.switchboard.auth.user.Users;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes the password of a user who knows the current one. Ends the other sessions and forgets the devices. */
@ApplicationScoped
class PasswordChange {
    /** The second of two parallel changes finds another hash than the one it was checked against. */
    private static final String CHANGE = """
            with person as (
                select s.id from set_password_hash($2, $4, $3) s
            ), resets as (
                delete from password_resets r using person p where r.org_id = $1 and r.user_id = p.id
            ), fact as (
                insert into outbox (org_id, id, event) select $1, $6::uuid, $7::jsonb from person p
            ), alert as (
                insert into outbox (org_id, id, destination, event) select $1, $8::uuid, 'mail', $9::jsonb from person p
            )
            select p.id, end_refresh_families_of(p.id, 'password_changed', $5), delete_devices_of(p.id) from person p
            """;

    private final TenantSql sql;
    private final Outbox outbox;
    private final SecurityAlerts alerts;
    private final Passwords passwords;
    private final Reauthentication reauthentication;
    private final RefreshTokenKeys refreshTokenKeys;
    private final Users users;

    PasswordChange(
            TenantSql sql,
            Outbox outbox,
            SecurityAlerts alerts,
            Passwords passwords,
            Reauthentication reauthentication,
            RefreshTokenKeys refreshTokenKeys,
            Users users) {
        this.sql = sql;
        this.outbox = outbox;
        this.alerts = alerts;
        this.passwords = passwords;
        this.reauthentication = reauthentication;
        this.refreshTokenKeys = refreshTokenKeys;
        this.users = users;
    }

    /**
     * Fails with {@code invalid}, {@code changed_meanwhile}, or {@code too_many_attempts} (429).
     *
     * @param current the session that asks, which goes on; null if its token does not name it
     */
    Uni<Void> change(CallerContext caller, @Nullable UUID current, PasswordChangeForm form) {
        Passwords.check("newPassword", form.newPassword());
        return reauthentication
                .demand(
                        caller,
                        reauthentication.password("password_changed", "currentPassword", form.currentPassword()))
                .chain(account -> passwords
                        .hash(HashCaller.proven(caller.userId()), form.newPassword())
                        .chain(hash -> write(caller, args(caller, current, account, hash, form))))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.conflict("changed_meanwhile", "The password was changed at the same moment."))
                .replaceWithVoid();
    }

    private Uni<@Nullable UUID> write(CallerContext caller, Tuple args) {
        // Waits for a sign-in with the old password that is under way, so that it is seen and ended as well.
        return sql.transaction(caller, statements -> users.lock(statements, caller, caller.userId())
                .chain(() -> statements.first(CHANGE, args, row -> row.getUUID("id"))));
    }

    private Tuple args(
            CallerContext caller,
            @Nullable UUID current,
            Reauthentication.UserSecret account,
            String hash,
            PasswordChangeForm form) {
        var event = AuditEvent.success("password_changed", "users", caller.userId());
        var row = outbox.entry(caller, event);
        var alert = alerts.of(caller, account.email(), Change.PASSWORD);
        return Tuple.tuple()
                .addValue(caller.orgId())
                .addValue(caller.userId())
                .addValue(account.passwordHash())
                .addValue(hash)
                .addValue(current == null ? session(form) : current)
                .addValue(row.id())
                .addValue(row.event())
                .addValue(alert.id())
                .addValue(alert.event());
    }

    /** The session of the refresh token in the form. */
    private @Nullable UUID session(PasswordChangeForm form) {
        return form.refreshToken() == null
                ? null
                : refreshTokenKeys
                        .read(form.refreshToken())
                        .map(RefreshToken::family)
                        .orElse(null);
    }
}
