package io.switchboard.voice.inbox;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Deliveries of one commit, as the columns that {@code record_webhook_events} takes. */
final class DeliveryBatch {
    /** How many of the events are new, and the ids of refused ones; null without any. */
    static final String RECORD = "select count(*) filter (where stored)::int, array_agg(id) filter (where not stored)"
            + " from record_webhook_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    /** The call's events are being worked on, so there is room again soon. */
    private static final Problem CALL_FULL = Problem.tooMany("call_events_pending", 5);

    private static final String[] REPEATS =
            Arrays.stream(IdentifiedEvent.Repeat.values()).map(EnumParam::wire).toArray(String[]::new);

    private final List<PendingDelivery> batch;
    private final UUID[] ids;
    private final UUID[] endpoints;
    private final String[] eventIds;
    private final String[] types;
    private final String[] callKeys;
    private final String[] repeats;
    private final OffsetDateTime[] sent;
    private final Buffer[] bodies;
    private final String[] flaws;
    private final UUID[] deliveries;
    private final UUID[] sharedIds;
    private final Buffer[] sharedBodies;
    private int next;
    private int nextShared;

    private DeliveryBatch(List<PendingDelivery> batch, int rows, int shared) {
        this.batch = batch;
        ids = new UUID[rows];
        endpoints = new UUID[rows];
        eventIds = new String[rows];
        types = new String[rows];
        callKeys = new String[rows];
        repeats = new String[rows];
        sent = new OffsetDateTime[rows];
        bodies = new Buffer[rows];
        flaws = new String[rows];
        deliveries = new UUID[rows];
        sharedIds = new UUID[shared];
        sharedBodies = new Buffer[shared];
    }

    static DeliveryBatch of(List<PendingDelivery> batch) {
        int rows = 0;
        int shared = 0;
        for (var pending : batch) {
            rows += pending.rows();
            shared += pending.sharesBody() ? 1 : 0;
        }
        var columns = new DeliveryBatch(batch, rows, shared);
        batch.forEach(columns::add);
        return columns;
    }

    /** A body that several events share is sent once, apart from them. */
    private void add(PendingDelivery pending) {
        var delivery = pending.sharesBody() ? share(pending.events.get(0).body()) : null;
        for (var event : pending.events) {
            deliveries[next] = delivery;
            bodies[next] = delivery == null ? Buffer.buffer(event.body()) : null;
            add(pending.endpoint, event);
        }
    }

    private UUID share(byte[] body) {
        var id = UuidV7.next();
        sharedIds[nextShared] = id;
        sharedBodies[nextShared++] = Buffer.buffer(body);
        return id;
    }

    private void add(UUID endpoint, IdentifiedEvent event) {
        ids[next] = UuidV7.next();
        endpoints[next] = endpoint;
        eventIds[next] = event.eventId();
        types[next] = event.type();
        callKeys[next] = event.callKey();
        repeats[next] = REPEATS[event.repeat().ordinal()];
        sent[next] = event.sentAt() == null ? null : event.sentAt().atOffset(ZoneOffset.UTC);
        flaws[next] = event.flaw();
        next++;
    }

    /** Answers deliveries with a refused event; returns how many events are new. */
    int answerRefused(Row row) {
        var refused = row.getArrayOfUUIDs(1);
        if (refused != null) {
            deliveriesWith(Set.of(refused)).forEach(pending -> pending.stored.tryFail(CALL_FULL));
        }
        return row.getInteger(0);
    }

    private List<PendingDelivery> deliveriesWith(Set<UUID> events) {
        var found = new ArrayList<PendingDelivery>();
        int row = 0;
        for (var pending : batch) {
            var own = Arrays.asList(ids).subList(row, row + pending.rows());
            if (own.stream().anyMatch(events::contains)) {
                found.add(pending);
            }
            row += pending.rows();
        }
        return found;
    }

    /** @param mostPending of a call; further events are refused */
    Tuple columns(int mostPending) {
        return Tuple.tuple()
                .addArrayOfUUID(ids)
                .addArrayOfUUID(endpoints)
                .addArrayOfString(eventIds)
                .addArrayOfString(types)
                .addArrayOfString(callKeys)
                .addArrayOfString(repeats)
                .addArrayOfOffsetDateTime(sent)
                .addArrayOfBuffer(bodies)
                .addArrayOfString(flaws)
                .addArrayOfUUID(deliveries)
                .addArrayOfUUID(sharedIds)
                .addArrayOfBuffer(sharedBodies)
                .addInteger(mostPending);
    }
}
