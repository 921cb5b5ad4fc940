package io.switchboard.voice.subscription;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The webhook subscriptions of the caller's organization; the only place with queries on them. */
@ApplicationScoped
class WebhookSubscriptions implements PanacheRepositoryBase<WebhookSubscription, UUID> {
    private static final String SELECT = "select id, url, events, description, status, disabled_reason, failing_since,"
            + " case when previous_valid_until > now() then previous_valid_until end as previous_valid_until,"
            + " created_at, updated_at, version from webhook_subscriptions where org_id = $1";
    private static final String SHOW = SELECT + " and id = $2";

    private final TenantSql sql;

    WebhookSubscriptions(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code webhook_subscription_not_found}, also for another tenant's: row security hides it. */
    Uni<WebhookSubscription> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> notFound(id));
    }

    /**
     * Writes a new or changed one, and reads back the times that the database sets. Triggers tell crm-service which of its events are
     * wanted, and fail with {@code webhook_subscription_limit} where there are too many.
     */
    Uni<WebhookSubscription> save(WebhookSubscription subscription) {
        return persistAndFlush(subscription)
                .call(() -> Panache.getSession().chain(session -> session.refresh(subscription)));
    }

    /** Fails with {@code webhook_subscription_not_found}. */
    Uni<WebhookSubscriptionView> show(CallerContext caller, UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), WebhookSubscriptions::view)
                .onItem()
                .ifNull()
                .failWith(() -> notFound(id));
    }

    Uni<PageOf<WebhookSubscriptionView>> list(CallerContext caller, Page page) {
        var list = new ListQuery(page, SELECT, caller.orgId()).newestFirstById();
        return sql.page(caller, list, WebhookSubscriptions::view, last -> Cursor.at(last.createdAt(), last.id()));
    }

    static Problem notFound(UUID id) {
        return Problem.notFound("webhook_subscription", id);
    }

    private static WebhookSubscriptionView view(Row row) {
        return new WebhookSubscriptionView(
                row.getUUID("id"),
                row.getString("url"),
                List.of(row.getArrayOfStrings("events")),
                row.getString("description"),
                Objects.requireNonNull(EnumParam.fromWire(SubscriptionStatus.class, row.getString("status"))),
                row.getString("disabled_reason"),
                row.getOffsetDateTime("failing_since"),
                row.getOffsetDateTime("previous_valid_until"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }
}
