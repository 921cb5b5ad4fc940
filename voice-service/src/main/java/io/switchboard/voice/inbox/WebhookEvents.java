package io.switchboard.voice.inbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The caller's organization's events, for its admins to list and replay. */
@ApplicationScoped
class WebhookEvents {
    private static final String TABLE = "webhook_events";
    private static final int PORTION = 2_000;
    private static final int MOST_PORTIONS = 25;
    /** As the filters' indexes have it: in the primary key's order, the planner might read all events for a rare one. */
    private static final String FILTERED = "id desc nulls last";

    /** Always so; the filters' indexes are for those who say it. */
    private static final String NAMED = "provider <> ''";

    /** The parts of a provider's list, each with an index. */
    private static final List<String> OF_PROVIDER =
            List.of("status = 'pending'", "status = 'running'", "status in ('done', 'dead')");

    static final String COLUMNS =
            "id, provider, event_id, type, status::text, attempts, error, received_at, processed_at";
    static final String SELECT = "select " + COLUMNS + " from processed_webhook_events where org_id = $1";
    private static final String SHOW = SELECT + " and id = $2";
    static final String REVIVE = "update processed_webhook_events set status = 'pending', attempts = 0,"
            + " error = null, next_attempt_at = now(), processed_at = null, worker_lost = false"
            + " where org_id = $1 and status = 'dead'";
    private static final String REPLAY = REVIVE + " and id = $2 returning " + COLUMNS;

    /** In portions by descending id, so that an event that dies again is not replayed twice. */
    private static final String REPLAY_PORTION = REVIVE + " and id in (select id from processed_webhook_events"
            + " where org_id = $1 and status = 'dead' and id < $2 order by " + FILTERED + " limit " + PORTION
            + ") returning id, provider";

    private static final UUID LAST = new UUID(-1, -1);

    private final TenantSql sql;
    private final Outbox outbox;

    WebhookEvents(TenantSql sql, Outbox outbox) {
        this.sql = sql;
        this.outbox = outbox;
    }

    Uni<PageOf<WebhookEventView>> list(
            CallerContext caller, @Nullable EventStatus status, @Nullable String provider, Page page) {
        return sql.page(
                caller,
                query(caller.orgId(), status, provider, page),
                WebhookEvents::view,
                last -> Cursor.at(last.receivedAt(), last.id()));
    }

    /**
     * Unfiltered it reads the primary key. A status is a literal, since under row security the planner needs one to find its
     * index. A provider's events are found by provider when they are over; those before are merged in.
     */
    static ListQuery query(UUID orgId, @Nullable EventStatus status, @Nullable String provider, Page page) {
        var list = new ListQuery(page, SELECT, orgId).andIfGiven("provider = ?", provider);
        if (status != null) {
            return list.and("status = '" + status.wire() + "'")
                    .and(NAMED)
                    .afterId()
                    .ordered(FILTERED);
        }
        return provider == null
                ? list.afterId().ordered("id desc")
                : list.and(NAMED).afterId().orderedForEach(OF_PROVIDER, FILTERED);
    }

    /** Fails with {@code webhook_event_not_found} or {@code webhook_event_not_dead}. */
    Uni<WebhookEventView> replay(CallerContext caller, UUID id) {
        return sql.transaction(caller, statements -> statements
                .first(REPLAY, Tuple.of(caller.orgId(), id), WebhookEvents::view)
                .onItem()
                .ifNull()
                .switchTo(() -> refuseReplay(caller, statements, id))
                .call(event -> outbox.record(caller, statements, AuditEvent.success("replay", TABLE, id))));
    }

    private static Uni<WebhookEventView> refuseReplay(CallerContext caller, Statements statements, UUID id) {
        return statements
                .first(SHOW, Tuple.of(caller.orgId(), id), WebhookEvents::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("webhook_event", id))
                .map(event -> {
                    throw Problem.conflict(
                            "webhook_event_not_dead",
                            "Only a dead event is replayed, this one is "
                                    + event.status().wire() + ".");
                });
    }

    /** The newest dead events, in so many transactions that a request does not last for minutes. */
    Uni<Replayed> replayAll(CallerContext caller) {
        return replayAll(caller, LAST, 0);
    }

    private Uni<Replayed> replayAll(CallerContext caller, UUID before, int count) {
        return sql.transaction(caller, statements -> replayPortion(caller, statements, before))
                .chain(revived -> replayFurther(caller, revived, count + revived.size()));
    }

    private Uni<Replayed> replayFurther(CallerContext caller, List<Revived> revived, int count) {
        boolean more = revived.size() == PORTION;
        return more && count < MOST_PORTIONS * PORTION
                ? replayAll(caller, oldest(revived), count)
                : Uni.createFrom().item(new Replayed(count, more));
    }

    private Uni<List<Revived>> replayPortion(CallerContext caller, Statements statements, UUID before) {
        return statements
                .list(REPLAY_PORTION, Tuple.of(caller.orgId(), before), Revived::of)
                .call(revived -> record(caller, statements, revived));
    }

    /** An audit event for each provider. */
    private Uni<Void> record(CallerContext caller, Statements statements, List<Revived> revived) {
        var counts =
                revived.stream().collect(Collectors.groupingBy(Revived::provider, TreeMap::new, Collectors.counting()));
        Uni<Void> recorded = Uni.createFrom().voidItem();
        for (var count : counts.entrySet()) {
            var event = AuditEvent.success("replay", TABLE, null)
                    .with(Map.of("provider", count.getKey(), "replayed", count.getValue()));
            recorded = recorded.chain(() -> outbox.record(caller, statements, event))
                    .replaceWithVoid();
        }
        return recorded;
    }

    /** An event that is pending again. */
    private record Revived(UUID id, String provider) {
        static Revived of(Row row) {
            return new Revived(row.getUUID("id"), row.getString("provider"));
        }
    }

    /** UUID compares its halves as signed numbers, their text as PostgreSQL does. */
    private static UUID oldest(List<Revived> revived) {
        return UUID.fromString(revived.stream()
                .map(event -> event.id().toString())
                .sorted()
                .findFirst()
                .orElseThrow());
    }

    static WebhookEventView view(Row row) {
        return new WebhookEventView(
                row.getUUID("id"),
                row.getString("provider"),
                row.getString("event_id"),
                row.getString("type"),
                Objects.requireNonNull(EnumParam.fromWire(EventStatus.class, row.getString("status"))),
                row.getInteger("attempts"),
                row.getString("error"),
                row.getOffsetDateTime("received_at"),
                row.getOffsetDateTime("processed_at"),
                null,
                null);
    }
}
