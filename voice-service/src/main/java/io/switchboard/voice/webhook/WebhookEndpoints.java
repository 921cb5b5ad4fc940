package io.switchboard.voice.webhook;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The webhook endpoints of the caller's organization; the only place with queries on them. */
@ApplicationScoped
class WebhookEndpoints implements PanacheRepositoryBase<WebhookEndpoint, UUID> {
    private static final String SELECT = "select id, provider, label, options,"
            + " case when previous_valid_until > now() then previous_valid_until end as previous_valid_until,"
            + " previous_last_used_at,"
            + " created_at, updated_at, version from webhook_endpoints where org_id = $1";
    private static final String SHOW = SELECT + " and id = $2";

    private final TenantSql sql;
    private final PublicUrl url;

    WebhookEndpoints(TenantSql sql, PublicUrl url) {
        this.sql = sql;
        this.url = url;
    }

    /** Fails with {@code webhook_endpoint_not_found}, also for another tenant's: row security hides it. */
    Uni<WebhookEndpoint> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("webhook_endpoint", id));
    }

    /** Writes a new or changed one, and reads back the times that the database sets. */
    Uni<WebhookEndpoint> save(WebhookEndpoint endpoint) {
        return persistAndFlush(endpoint).call(() -> Panache.getSession().chain(session -> session.refresh(endpoint)));
    }

    /** Fails with {@code webhook_endpoint_not_found}. */
    Uni<WebhookEndpointView> show(CallerContext caller, UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), this::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("webhook_endpoint", id));
    }

    Uni<PageOf<WebhookEndpointView>> list(CallerContext caller, Page page) {
        var list = new ListQuery(page, SELECT, caller.orgId()).newestFirstById();
        return sql.page(caller, list, this::view, last -> Cursor.at(last.createdAt(), last.id()));
    }

    private WebhookEndpointView view(Row row) {
        var id = row.getUUID("id");
        var provider = row.getString("provider");
        return new WebhookEndpointView(
                id,
                provider,
                row.getString("label"),
                url.of(provider, id),
                row.getJsonObject("options").getMap(),
                row.getOffsetDateTime("previous_valid_until"),
                row.getOffsetDateTime("previous_last_used_at"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }
}
