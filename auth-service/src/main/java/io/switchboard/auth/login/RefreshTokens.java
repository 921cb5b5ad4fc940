package io.switchboard.auth.login;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.OpaqueToken;
import io.switchboard.auth.token.TokenIssuer;
import io.switchboard.auth.user.Users;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.Fact;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.Acting;
import io.switchboard.kit.tenant.Tenant;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * The refresh tokens that follow one another from a sign-in. Each is good once; a spent one that comes again shows that
 * two hold it, and ends the family, save for the moments in which two tabs or a lost answer explain it.
 */
@ApplicationScoped
class RefreshTokens {
    private static final String FIND = "select org_id, id from find_refresh_token($1)";

    /** The reuse of a spent token is recorded in the statement that ends its family. */
    private static final String ROTATE = """
            with rotation as materialized (
                select * from rotate_refresh_token($2, $3, $4)
            ), fact as (
                insert into outbox (org_id, id, event)
                select $1, $5::uuid, $6::jsonb || jsonb_build_object('resourceId', r.family, 'newData',
                    jsonb_build_object('userId', r.user_id))
                from rotation r where r.outcome = 'reused'
            )
            select %s, r.family
            from rotation r
            join users u on u.org_id = $1 and u.id = r.user_id
            join organizations o on o.org_id = u.org_id and o.id = u.org_id
            where r.outcome = 'rotated' and u.is_active and o.status = 'active'
            """.formatted(SignedIn.COLUMNS);

    private static final String END = """
            with family as (
                update refresh_families f set revoked_at = now(), revoked_because = 'signed_out'
                where f.org_id = $1 and f.id = (select t.family from refresh_tokens t where t.org_id = $1 and t.id = $2)
                    and f.revoked_at is null
                returning f.*
            )
            insert into outbox (org_id, id, event)
            select $1, $3::uuid, $4::jsonb || jsonb_build_object('resourceId', f.id, 'actorId', f.user_id, 'actorType', 'user')
            from family f
            """;

    private final TenantSql sql;
    private final Outbox outbox;
    private final TokenIssuer issuer;

    RefreshTokens(TenantSql sql, Outbox outbox, TokenIssuer issuer) {
        this.sql = sql;
        this.outbox = outbox;
        this.issuer = issuer;
    }

    /** Fails with {@code unauthorized}. */
    Uni<TokensView> rotate(String shown, Origin origin) {
        var next = OpaqueToken.next();
        return whose(shown, origin, (tenant, id) -> rotate(tenant, id, next))
                .onItem()
                .ifNull()
                .failWith(Problem::unauthorized)
                .chain(signedIn -> renewed(signedIn, next));
    }

    private Uni<TokensView> renewed(SignedIn signedIn, OpaqueToken next) {
        var user = signedIn.user();
        return issuer.forUser(user.orgId(), user.id(), signedIn.role(), Users.plan(user), signedIn.family())
                .map(access -> new TokensView(
                        access.text(), next.reveal(), access.expiresIn(), "Bearer", signedIn.totpPending()));
    }

    /** Ends the family of a token; one that is unknown or ended leaves nothing to do. */
    Uni<Void> end(String shown, Origin origin) {
        return whose(shown, origin, this::end);
    }

    private <T> Uni<T> whose(String shown, Origin origin, BiFunction<Tenant, UUID, Uni<T>> work) {
        return sql.across(FIND, Tuple.of(OpaqueToken.shown(shown).hash())).chain(rows -> {
            var row = rows.iterator();
            return row.hasNext()
                    ? work(row.next(), origin, work)
                    : Uni.createFrom().nullItem();
        });
    }

    private static <T> Uni<T> work(Row found, Origin origin, BiFunction<Tenant, UUID, Uni<T>> work) {
        var tenant = Acting.service(found.getUUID("org_id"), "auth-service", origin);
        return work.apply(tenant, found.getUUID("id"));
    }

    private Uni<SignedIn> rotate(Tenant tenant, UUID token, OpaqueToken next) {
        var reuse = Fact.failure("refresh_token_reused", "refresh_families", null);
        var row = outbox.entry(tenant, reuse);
        var args = Tuple.of(tenant.orgId(), token, UuidV7.next(), next.hash(), row.id(), row.event());
        return sql.first(tenant, ROTATE, args, SignedIn::of);
    }

    private Uni<Void> end(Tenant tenant, UUID token) {
        var logout = Fact.success("logout", "refresh_families", null);
        var row = outbox.entry(tenant, logout);
        return sql.once(tenant, END, Tuple.of(tenant.orgId(), token, row.id(), row.event()))
                .replaceWithVoid();
    }
}
