package io.switchboard.auth.totp;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.mail.SecurityAlerts;
import io.switchboard.auth.mail.SecurityAlerts.Change;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The second factors of users; the only place with queries on them, but for the one that signing in joins. */
@ApplicationScoped
public class SecondFactors {
    static final String TABLE = "user_totp";
    private static final String START = "insert into user_totp as t (org_id, id, seed) values ($1, $2, $3)"
            + " on conflict (org_id, id) do update set seed = excluded.seed, last_step = 0 where t.confirmed_at is null"
            + " returning t.id";
    // The step by the database's clock, so that all replicas have the same.
    private static final String FIND = "select t.seed, t.confirmed_at is not null as confirmed,"
            + " floor(extract(epoch from now()) / 30)::bigint as step from user_totp t where t.org_id = $1 and t.id = $2";
    private static final String ENROLLED =
            "select t.id from user_totp t where t.org_id = $1 and t.id = $2 and t.confirmed_at is not null";
    private static final String CONFIRM = """
            with factor as (
                update user_totp t set confirmed_at = now(), last_step = $4, recovery_codes = $5
                where t.org_id = $1 and t.id = $2 and t.confirmed_at is null and t.seed = $3 returning t.id
            ), fact as (
                insert into outbox (org_id, id, event) select $1, $6::uuid, $7::jsonb from factor
            ), notice as (
                insert into outbox (org_id, id, destination, event) select $1, $8::uuid, 'mail', $9::jsonb from factor
            )
            select id from factor
            """;
    // Of any number who show one code at once, one gets through: the others find its step taken.
    private static final String SPEND_STEP = "update user_totp t set last_step = $3"
            + " where t.org_id = $1 and t.id = $2 and t.confirmed_at is not null and t.last_step < $3 returning t.id";
    private static final String SPEND_RECOVERY_CODE = """
            with factor as (
                update user_totp t set recovery_codes = array_remove(t.recovery_codes, $3::bytea)
                where t.org_id = $1 and t.id = $2 and t.confirmed_at is not null and $3::bytea = any (t.recovery_codes)
                returning cardinality(t.recovery_codes) as left_over
            ), fact as (
                insert into outbox (org_id, id, event)
                select $1, $4::uuid, $5::jsonb || jsonb_build_object('newData', jsonb_build_object('left', f.left_over))
                from factor f
            )
            select left_over from factor
            """;
    private static final String REMOVE = """
            with factor as (
                delete from user_totp t where t.org_id = $1 and t.id = $2 returning t.id, t.confirmed_at
            ), fact as (
                insert into outbox (org_id, id, event) select $1, $3::uuid, $4::jsonb from factor
            ), notice as (
                insert into outbox (org_id, id, destination, event) select $1, $6::uuid, 'mail', $7::jsonb from factor where confirmed_at is not null
            )
            select id, return_attempt($5, null, true) from factor
            """;

    private final TenantSql sql;
    private final Outbox outbox;
    private final SecurityAlerts notices;
    private final RowCipher cipher;
    private final RecoveryCodes recoveryCodes;
    private final Limits limits;

    SecondFactors(
            TenantSql sql,
            Outbox outbox,
            SecurityAlerts notices,
            RowCipher cipher,
            RecoveryCodes recoveryCodes,
            Limits limits) {
        this.sql = sql;
        this.outbox = outbox;
        this.notices = notices;
        this.cipher = cipher;
        this.recoveryCodes = recoveryCodes;
        this.limits = limits;
    }

    /** A second factor as it is kept, and what time it is. */
    record Factor(byte[] sealed, boolean confirmed, long step) {}

    /** Whether the caller has a confirmed second factor. */
    public Uni<Boolean> isEnrolled(CallerContext caller, Statements statements) {
        return statements
                .first(ENROLLED, Tuple.of(caller.orgId(), caller.userId()), row -> true)
                .map(found -> found != null);
    }

    /** Spends a code of the acting user, of the authenticator or for recovery; false if it is wrong or spent. */
    public Uni<Boolean> spend(CallerContext caller, String code) {
        var plain = code.strip().replace(" ", "");
        return plain.matches("[0-9]{6}") ? spendStep(caller, plain) : spendRecoveryCode(caller, plain);
    }

    /** Stores a secret that is still to be confirmed; false if one is confirmed already. */
    Uni<Boolean> start(CallerContext caller, TotpSecret seed) {
        var sealed = cipher.seal(seed.bytes(), caller.orgId(), TABLE, caller.userId());
        return change(caller, START, Tuple.of(caller.orgId(), caller.userId(), Buffer.buffer(sealed)));
    }

    Uni<@Nullable Factor> find(CallerContext caller) {
        return sql.first(caller, FIND, Tuple.of(caller.orgId(), caller.userId()), SecondFactors::factor);
    }

    TotpSecret seed(CallerContext caller, Factor factor) {
        return TotpSecret.of(cipher.open(factor.sealed(), caller.orgId(), TABLE, caller.userId()));
    }

    /** False if it is confirmed already, or if its secret has changed since it was read. */
    Uni<Boolean> confirm(CallerContext caller, String email, Factor factor, long step, List<String> codes) {
        var hashes = codes.stream()
                .map(code -> recoveryCodes.hash(caller.userId(), code))
                .toArray(Buffer[]::new);
        var record = record(caller, "totp_enrolled", caller.userId());
        var notice = notices.of(caller, email, Change.FACTOR_ADDED);
        return change(
                caller,
                CONFIRM,
                Tuple.tuple()
                        .addValue(caller.orgId())
                        .addValue(caller.userId())
                        .addValue(Buffer.buffer(factor.sealed()))
                        .addValue(step)
                        .addValue(hashes)
                        .addValue(record.id())
                        .addValue(record.event())
                        .addValue(notice.id())
                        .addValue(notice.event()));
    }

    /** Also resets the count of wrong codes. False if the user has no second factor or is not of the organization. */
    Uni<Boolean> remove(CallerContext caller, UUID userId, String email, String action) {
        var record = record(caller, action, userId);
        var notice = notices.of(caller, email, Change.FACTOR_GONE);
        return change(
                caller,
                REMOVE,
                Tuple.tuple()
                        .addValue(caller.orgId())
                        .addValue(userId)
                        .addValue(record.id())
                        .addValue(record.event())
                        .addValue(Throttle.json(limits.totp(userId)))
                        .addValue(notice.id())
                        .addValue(notice.event()));
    }

    private Uni<Boolean> spendStep(CallerContext caller, String code) {
        return find(caller).chain(factor -> {
            var step = factor == null ? null : seed(caller, factor).step(code, factor.step());
            return step == null || step.isEmpty()
                    ? Uni.createFrom().item(false)
                    : change(caller, SPEND_STEP, Tuple.of(caller.orgId(), caller.userId(), step.getAsLong()));
        });
    }

    private Uni<Boolean> spendRecoveryCode(CallerContext caller, String code) {
        var record = record(caller, "recovery_code_used", caller.userId());
        var hash = recoveryCodes.hash(caller.userId(), code);
        return change(
                caller,
                SPEND_RECOVERY_CODE,
                Tuple.of(caller.orgId(), caller.userId(), hash, record.id(), record.event()));
    }

    private Outbox.Entry record(CallerContext caller, String action, UUID userId) {
        return outbox.entry(caller, AuditEvent.success(action, "users", userId));
    }

    private Uni<Boolean> change(CallerContext caller, String statement, Tuple args) {
        return sql.execute(caller, statement, args).map(rows -> rows.size() > 0);
    }

    private static Factor factor(Row row) {
        return new Factor(row.getBuffer("seed").getBytes(), row.getBoolean("confirmed"), row.getLong("step"));
    }
}
