package io.switchboard.auth.session;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.RefreshToken;
import io.switchboard.auth.token.RefreshTokenKeys;
import io.switchboard.auth.token.TokenIssuer;
import io.switchboard.auth.user.Users;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The refresh tokens that follow one another from a sign-in. Each is good once; a spent one that comes again shows that
 * two hold it, and ends the family, save for the moments in which two tabs or a lost answer explain it: those get the very
 * same successor.
 */
@ApplicationScoped
class RefreshTokens {
    /** The reuse of a spent token is recorded in the statement that ends its family. */
    private static final String ROTATE = """
            with rotation as materialized (
                select * from rotate_refresh_token($2, $3, $4, $5, $6, $7)
            ), fact as (
                insert into outbox (org_id, id, event)
                select $1, $8::uuid, $9::jsonb || jsonb_build_object('resourceId', $2::uuid, 'newData',
                    jsonb_build_object('userId', r.user_id))
                from rotation r where r.outcome = 'reused'
            )
            select case when r.outcome = 'rotated' and u.id is null then 'refused' else r.outcome end as outcome, r.wait,
                $2::uuid as family, %s
            from rotation r
            left join user_accounts u on u.org_id = $1 and u.id = r.user_id and u.may_sign_in
            left join lateral (select u.require_totp) o on true
            """.formatted(SignInResult.COLUMNS);

    private static final String END = """
            with family as (
                update refresh_families f set revoked_at = now(), revoked_because = 'signed_out'
                where f.org_id = $1 and f.id = $2 and f.revoked_at is null
                returning f.*
            )
            insert into outbox (org_id, id, event)
            select $1, $3::uuid, $4::jsonb || jsonb_build_object('resourceId', f.id, 'actorId', f.user_id, 'actorType', 'user')
            from family f
            """;

    private final TenantSql sql;
    private final Outbox outbox;
    private final TokenIssuer issuer;
    private final RefreshTokenKeys keys;
    private final int burst;
    private final Duration pace;

    RefreshTokens(
            TenantSql sql,
            Outbox outbox,
            TokenIssuer issuer,
            RefreshTokenKeys keys,
            @ConfigProperty(name = "switchboard.refresh.burst", defaultValue = "5") int burst,
            @ConfigProperty(name = "switchboard.refresh.pace", defaultValue = "1s") Duration pace) {
        this.sql = sql;
        this.outbox = outbox;
        this.issuer = issuer;
        this.keys = keys;
        this.burst = burst;
        this.pace = pace;
    }

    /** Fails with {@code unauthorized}, or {@code too_many_refreshes} (429). */
    Uni<TokensView> rotate(String shown, Origin origin) {
        return keys.read(shown).map(token -> rotate(token, origin)).orElseGet(() -> Uni.createFrom()
                .failure(Problem::unauthorized));
    }

    /** Ends the family of a token; one that is unknown or ended leaves nothing to do. */
    Uni<Void> end(String shown, Origin origin) {
        return keys.read(shown).map(token -> end(token, origin)).orElseGet(() -> Uni.createFrom()
                .voidItem());
    }

    private Uni<TokensView> rotate(RefreshToken token, Origin origin) {
        var caller = tenant(token, origin);
        var next = keys.successor(token);
        var reuse = AuditEvent.failure("refresh_token_reused", "refresh_families", null);
        var row = outbox.entry(caller, reuse);
        var args = Tuple.tuple()
                .addValue(token.orgId())
                .addValue(token.family())
                .addValue(token.number())
                .addValue(token.hash())
                .addValue(next.hash())
                .addValue(burst)
                .addValue((int) pace.toMillis())
                .addValue(row.id())
                .addValue(row.event());
        return sql.first(caller, ROTATE, args, RefreshTokens::result).chain(signedIn -> answer(signedIn, next));
    }

    private static SignInResult result(Row row) {
        return switch (row.getString("outcome")) {
            case "rotated" -> SignInResult.of(row);
            case "limited" -> throw Problem.tooMany("too_many_refreshes", row.getInteger("wait"));
            default -> throw Problem.unauthorized();
        };
    }

    private Uni<TokensView> answer(SignInResult signedIn, RefreshToken next) {
        var user = signedIn.user();
        return issuer.forUser(user.orgId(), user.id(), signedIn.role(), Users.plan(user), signedIn.family())
                .map(access -> new TokensView(
                        access.text(), keys.reveal(next), access.expiresIn(), "Bearer", signedIn.totpPending()));
    }

    private Uni<Void> end(RefreshToken token, Origin origin) {
        var caller = tenant(token, origin);
        var logout = AuditEvent.success("logout", "refresh_families", null);
        var row = outbox.entry(caller, logout);
        return sql.execute(caller, END, Tuple.of(token.orgId(), token.family(), row.id(), row.event()))
                .replaceWithVoid();
    }

    private static CallerContext tenant(RefreshToken token, Origin origin) {
        return CallerContext.Value.service(token.orgId(), "auth-service", origin);
    }
}
