package io.switchboard.voice.inbox;

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
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** What is committed at once, as the columns that {@code record_webhook_events} takes. */
final class DeliveryBatch {
    /** How many of the events are new, and the ids of those that are refused; null when there are none. */
    static final String RECORD = "select count(*) filter (where stored)::int, array_agg(id) filter (where not stored)"
            + " from record_webhook_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    /** Its events are worked on at once, so room comes soon. */
    private static final Problem CALL_FULL = Problem.tooMany("call_events_pending", 5);

    private static final String[] REPEATS = Arrays.stream(IdentifiedEvent.Repeat.values())
            .map(repeat -> repeat.name().toLowerCase(Locale.ROOT))
            .toArray(String[]::new);

    private final List<PendingDelivery> arrivals;
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

    private DeliveryBatch(List<PendingDelivery> arrivals, int rows, int shared) {
        this.arrivals = arrivals;
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

    static DeliveryBatch of(List<PendingDelivery> arrivals) {
        int rows = 0;
        int shared = 0;
        for (var arrival : arrivals) {
            rows += arrival.rows();
            shared += arrival.sharesBody() ? 1 : 0;
        }
        var batch = new DeliveryBatch(arrivals, rows, shared);
        arrivals.forEach(batch::add);
        return batch;
    }

    /** A body that several events share goes apart from them, and once. */
    private void add(PendingDelivery arrival) {
        var delivery = arrival.sharesBody() ? share(arrival.notices.get(0).body()) : null;
        for (var notice : arrival.notices) {
            deliveries[next] = delivery;
            bodies[next] = delivery == null ? Buffer.buffer(notice.body()) : null;
            add(arrival.endpoint, notice);
        }
    }

    private UUID share(byte[] body) {
        var id = UuidV7.next();
        sharedIds[nextShared] = id;
        sharedBodies[nextShared++] = Buffer.buffer(body);
        return id;
    }

    private void add(UUID endpoint, IdentifiedEvent notice) {
        ids[next] = UuidV7.next();
        endpoints[next] = endpoint;
        eventIds[next] = notice.eventId();
        types[next] = notice.type();
        callKeys[next] = notice.callKey();
        repeats[next] = REPEATS[notice.repeat().ordinal()];
        sent[next] = notice.sentAt() == null ? null : notice.sentAt().atOffset(ZoneOffset.UTC);
        flaws[next] = notice.flaw();
        next++;
    }

    /** How many events are new. Deliveries with an event that is refused are answered. */
    int recorded(Row row) {
        var refused = row.getArrayOfUUIDs(1);
        if (refused != null) {
            with(Set.of(refused)).forEach(arrival -> arrival.stored.tryFail(CALL_FULL));
        }
        return row.getInteger(0);
    }

    private List<PendingDelivery> with(Set<UUID> events) {
        var found = new ArrayList<PendingDelivery>();
        int row = 0;
        for (var arrival : arrivals) {
            var own = Arrays.asList(ids).subList(row, row + arrival.rows());
            if (own.stream().anyMatch(events::contains)) {
                found.add(arrival);
            }
            row += arrival.rows();
        }
        return found;
    }

    /** @param mostPending of a call: more of its events are refused */
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
