package io.switchboard.voice.inbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Single events with what was received. Large bodies are read one at a time: as JSON, one may take six times its five
 * mebibytes of memory.
 */
@ApplicationScoped
class EventBodies {
    private static final int LARGE_BYTES = 256 * 1024;

    /** The body's length is known without reading it. */
    private static final String SHOW = "select " + WebhookEvents.COLUMNS
            + ", octet_length(received.body) > $3 as is_large, case when octet_length(received.body) <= $3 then received.body end"
            + " as body from processed_webhook_events e cross join lateral (select coalesce(e.body, (select d.body"
            + " from webhook_deliveries d where d.org_id = e.org_id and d.id = e.delivery_id)) as body) as received"
            + " where org_id = $1 and id = $2";

    private final TenantSql sql;
    private final Semaphore largeBodies = new Semaphore(1);

    EventBodies(TenantSql sql) {
        this.sql = sql;
    }

    /** An event and its body. @param isLarge whether the body is left out, as it is too large */
    private record FoundEvent(WebhookEventView event, boolean isLarge) {}

    /** Fails with {@code webhook_event_not_found}, and with {@code unavailable} while another large body is read. */
    Uni<WebhookEventView> show(CallerContext caller, UUID id) {
        return show(caller, id, LARGE_BYTES)
                .chain(found -> found.isLarge()
                        ? showLarge(caller, id)
                        : Uni.createFrom().item(found.event()));
    }

    private Uni<WebhookEventView> showLarge(CallerContext caller, UUID id) {
        if (!largeBodies.tryAcquire()) {
            return Uni.createFrom().failure(Problem.unavailable(1));
        }
        return show(caller, id, Integer.MAX_VALUE)
                .map(FoundEvent::event)
                .onTermination()
                .invoke(() -> largeBodies.release());
    }

    private Uni<FoundEvent> show(CallerContext caller, UUID id, int mostBytes) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id, mostBytes), EventBodies::found)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("webhook_event", id));
    }

    private static FoundEvent found(Row row) {
        var body = row.getBuffer("body");
        var event = WebhookEvents.view(row);
        return new FoundEvent(body == null ? event : event.with(body.getBytes()), row.getBoolean("is_large"));
    }
}
