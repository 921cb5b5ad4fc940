package io.switchboard.voice.subscription;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What subscriptions of the caller's organization are sent, and were. */
@ApplicationScoped
class SubscriptionDeliveries {
    /** The signal that there are events to send. */
    private static final String QUEUE = "subscription-deliveries";

    private static final String TABLE = "subscription_deliveries";
    private static final String COLUMNS = "d.id, d.event_id, d.type, d.status, d.attempts,"
            + " case when d.status = 'pending' then d.next_attempt_at end as next_attempt_at, d.last_attempt_at,"
            + " d.response_status, d.response_excerpt, d.error, d.created_at";
    private static final String SELECT =
            "select " + COLUMNS + " from subscription_deliveries d where d.org_id = $1 and d.subscription_id = $2";
    private static final String SHOW = SELECT + " and d.id = $3";

    private static final String TEST =
            "insert into subscription_deliveries as d (org_id, subscription_id, event_id, type, body)"
                    + " select s.org_id, s.id, uuid_v7(), '" + EventTypes.TEST + "', jsonb_build_object('type', '"
                    + EventTypes.TEST + "', 'timestamp', wire_time(now()),"
                    + " 'data', jsonb_build_object('subscriptionId', s.id))::text"
                    + " from webhook_subscriptions s where s.org_id = $1 and s.id = $2 and s.status = 'active' returning "
                    + COLUMNS;

    /** From the first try on again. One that is being tried at the moment is left to that. */
    private static final String RESEND = "update subscription_deliveries d set status = 'pending', attempts = 0,"
            + " first_attempt_at = null, next_attempt_at = now(), ended_at = null from webhook_subscriptions s"
            + " where d.org_id = $1 and d.subscription_id = $2 and d.id = $3 and d.lease is null"
            + " and s.org_id = d.org_id and s.id = d.subscription_id and s.status = 'active' returning " + COLUMNS;

    private static final String RECORD = "select record_event($1, $2, $3, $4) as deliveries";

    private final TenantSql sql;
    private final WebhookSubscriptions subscriptions;
    private final Outbox outbox;
    private final PgNotifications notifications;

    SubscriptionDeliveries(
            TenantSql sql, WebhookSubscriptions subscriptions, Outbox outbox, PgNotifications notifications) {
        this.sql = sql;
        this.subscriptions = subscriptions;
        this.outbox = outbox;
        this.notifications = notifications;
    }

    /** Fails with {@code webhook_subscription_not_found}. */
    Uni<PageOf<SubscriptionDeliveryView>> list(
            CallerContext caller,
            UUID subscriptionId,
            @Nullable DeliveryStatus status,
            @Nullable String type,
            Page page) {
        var list = query(caller.orgId(), subscriptionId, status, type, page);
        return subscriptions
                .show(caller, subscriptionId)
                .chain(() -> sql.boundedPage(
                        caller,
                        list,
                        SubscriptionDeliveries::view,
                        List.of("response_excerpt", "error"),
                        last -> Cursor.at(last.createdAt(), last.id())));
    }

    /** It merges a list for each status, which an index has in order. */
    static ListQuery query(
            UUID orgId, UUID subscriptionId, @Nullable DeliveryStatus status, @Nullable String type, Page page) {
        var statuses = status == null ? List.of(DeliveryStatus.values()) : List.of(status);
        return new ListQuery(page, SELECT, orgId, subscriptionId)
                .andIfGiven("type = ?", type)
                .afterId()
                .orderedForEach(
                        statuses.stream()
                                .map(one -> "status = '" + one.wire() + "'")
                                .toList(),
                        "id desc");
    }

    /** Fails with {@code webhook_subscription_not_found} or {@code webhook_subscription_disabled}. */
    Uni<SubscriptionDeliveryView> test(CallerContext caller, UUID subscriptionId) {
        return sql.first(caller, TEST, Tuple.of(caller.orgId(), subscriptionId), SubscriptionDeliveries::view)
                .onItem()
                .ifNull()
                .switchTo(() -> refuse(caller, subscriptionId))
                .invoke(() -> notifications.send(QUEUE));
    }

    /** Fails with {@code webhook_subscription_not_found}, {@code subscription_delivery_not_found} or {@code webhook_subscription_disabled}. */
    Uni<SubscriptionDeliveryView> resend(CallerContext caller, UUID subscriptionId, UUID id) {
        return subscriptions
                .show(caller, subscriptionId)
                .invoke(SubscriptionDeliveries::requireActive)
                .chain(() -> sql.transaction(caller, statements -> resend(caller, statements, subscriptionId, id)))
                .invoke(() -> notifications.send(QUEUE));
    }

    private Uni<SubscriptionDeliveryView> resend(
            CallerContext caller, Statements statements, UUID subscriptionId, UUID id) {
        var args = Tuple.of(caller.orgId(), subscriptionId, id);
        return statements
                .first(RESEND, args, SubscriptionDeliveries::view)
                .onItem()
                .ifNull()
                .switchTo(() -> statements.first(SHOW, args, SubscriptionDeliveries::view))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("subscription_delivery", id))
                .call(() -> outbox.record(caller, statements, AuditEvent.success("resend", TABLE, id)));
    }

    /** To how many subscriptions it is sent. */
    Uni<Integer> record(CallerContext caller, PublishedEvent event) {
        var args = Tuple.of(event.id(), event.type(), event.occurredAt(), new JsonObject(event.data()));
        return sql.call(caller, RECORD, args)
                .map(rows -> rows.iterator().next().getInteger("deliveries"))
                .invoke(this::signal);
    }

    private void signal(int sent) {
        if (sent > 0) {
            notifications.send(QUEUE);
        }
    }

    private Uni<SubscriptionDeliveryView> refuse(CallerContext caller, UUID subscriptionId) {
        return subscriptions.show(caller, subscriptionId).map(subscription -> {
            throw refused();
        });
    }

    private static void requireActive(WebhookSubscriptionView subscription) {
        if (subscription.status() != SubscriptionStatus.ACTIVE) {
            throw refused();
        }
    }

    private static Problem refused() {
        return Problem.conflict("webhook_subscription_disabled", "Enable the subscription first.");
    }

    private static SubscriptionDeliveryView view(Row row) {
        return new SubscriptionDeliveryView(
                row.getUUID("id"),
                row.getUUID("event_id"),
                row.getString("type"),
                Objects.requireNonNull(EnumParam.fromWire(DeliveryStatus.class, row.getString("status"))),
                row.getInteger("attempts"),
                row.getOffsetDateTime("next_attempt_at"),
                row.getOffsetDateTime("last_attempt_at"),
                row.getInteger("response_status"),
                row.getString("response_excerpt"),
                row.getString("error"),
                row.getOffsetDateTime("created_at"));
    }
}
