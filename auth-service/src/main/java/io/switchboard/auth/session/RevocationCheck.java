package io.switchboard.auth.session;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.token.AccessToken;
import io.vertx.core.http.HttpMethod;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses changes by tokens whose user, role or sign-in has ended. Tokens live for five minutes; what they create, an access
 * key or an admin, would live on.
 */
@Singleton
class RevocationCheck {
    private static final Set<HttpMethod> READ_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String FIND_VALID = """
            select o.id from organization_accounts o
            where o.org_id = $1 and o.id = $1 and o.is_active and (
                exists (select from user_accounts u where u.org_id = o.org_id and u.id = $2 and u.is_active
                    and (u.role::text = $3 or $3 = 'totp_pending' and u.role in ('admin', 'platform_admin'))
                    and ($4::uuid is null or exists (select from refresh_families f
                        where f.org_id = u.org_id and f.id = $4 and f.user_id = u.id and f.revoked_at is null)))
                or exists (select from valid_access_keys k where k.org_id = o.org_id and k.id = $2 and k.role = $3))
            """;

    private final CurrentVertxRequest request;
    private final Origin.Current origin;
    private final TenantSql sql;

    RevocationCheck(CurrentVertxRequest request, Origin.Current origin, TenantSql sql) {
        this.request = request;
        this.origin = origin;
        this.sql = sql;
    }

    @ServerRequestFilter
    Uni<Void> check() {
        var context = request.getCurrent();
        var token = AccessFilter.token(context);
        return token == null
                        || token.service() != null
                        || READ_METHODS.contains(context.request().method())
                ? Uni.createFrom().voidItem()
                : check(token);
    }

    private Uni<Void> check(AccessToken token) {
        return sql.first(
                        CallerContext.Value.service(token.orgId(), "auth-service", origin.get()),
                        FIND_VALID,
                        Tuple.of(token.orgId(), UUID.fromString(token.subject()), token.role(), token.session()),
                        row -> row.getUUID("id"))
                .onItem()
                .ifNull()
                .failWith(Problem::unauthorized)
                .replaceWithVoid();
    }
}
