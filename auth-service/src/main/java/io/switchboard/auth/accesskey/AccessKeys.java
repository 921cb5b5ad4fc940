package io.switchboard.auth.accesskey;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.AddressedToken;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The access keys of the caller's organization. */
@ApplicationScoped
class AccessKeys implements PanacheRepositoryBase<AccessKey, UUID> {
    private static final String LIST = "select id, org_id, name, role, created_at, expires_at, last_used_at"
            + " from access_keys where org_id = $1 and revoked_at is null";
    private static final String SHOW = LIST + " and id = $2";
    private static final String REVOKE = "update access_keys set revoked_at = now()"
            + " where org_id = $1 and id = $2 and revoked_at is null returning id";

    private final TenantSql sql;
    private final CallerContext caller;

    AccessKeys(TenantSql sql, CallerContext caller) {
        this.sql = sql;
        this.caller = caller;
    }

    /** Within a {@code @TenantWork}. */
    Uni<AccessKeyView> add(AccessKeyForm form) {
        var credentials = new KeyCredentials(AddressedToken.next(caller.orgId(), UuidV7.next()));
        return persistAndFlush(new AccessKey(caller, form, credentials))
                .call(key -> Panache.getSession().chain(session -> session.refresh(key)))
                .map(key -> key.view(credentials));
    }

    /** Those that are not revoked. */
    Uni<PageOf<AccessKeyView>> list(Page page) {
        var list = new ListQuery(page, LIST, caller.orgId()).newestFirst();
        return sql.page(caller, list, AccessKeys::view, view -> Cursor.at(view.createdAt(), view.id()));
    }

    /** Fails with {@code access_key_not_found}, also where it is revoked. */
    Uni<AccessKeyView> show(UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), AccessKeys::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("access_key", id));
    }

    /** Fails with {@code access_key_not_found}, also where it is revoked already. */
    Uni<Void> revoke(UUID id) {
        return sql.first(caller, REVOKE, Tuple.of(caller.orgId(), id), row -> row.getUUID("id"))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("access_key", id))
                .replaceWithVoid();
    }

    private static AccessKeyView view(Row row) {
        return new AccessKeyView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("role"),
                AddressedToken.address(row.getUUID("org_id"), row.getUUID("id")),
                null,
                null,
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("expires_at"),
                row.getOffsetDateTime("last_used_at"));
    }
}
