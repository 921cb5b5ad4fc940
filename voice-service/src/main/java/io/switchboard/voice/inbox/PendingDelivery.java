package io.switchboard.voice.inbox;

import io.switchboard.voice.provider.IdentifiedEvent;
import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;

/** The events of one delivery that is not stored yet, and the promise that its request waits for. */
final class PendingDelivery {
    /** What a row costs beside its body, in bytes. */
    private static final int ROW = 256;

    final UUID orgId;
    final UUID endpoint;
    final List<IdentifiedEvent> events;
    /** How much is sent to the database. */
    final long bytes;

    final Promise<Void> stored;

    PendingDelivery(UUID orgId, UUID endpoint, List<IdentifiedEvent> events) {
        this(orgId, endpoint, events, Promise.promise());
    }

    private PendingDelivery(UUID orgId, UUID endpoint, List<IdentifiedEvent> events, Promise<Void> stored) {
        this.stored = stored;
        this.orgId = orgId;
        this.endpoint = endpoint;
        this.events = events;
        long sum = (long) ROW * events.size();
        for (var event : sharesBody() ? events.subList(0, 1) : events) {
            sum += event.body().length;
        }
        this.bytes = sum;
    }

    int rows() {
        return events.size();
    }

    /** Whether several events have the very same bytes, which are then stored once. */
    boolean sharesBody() {
        return rows() > 1
                && events.stream()
                        .allMatch(event -> event.body() == events.get(0).body());
    }

    /** A delivery for each event. */
    List<PendingDelivery> split() {
        return events.stream()
                .map(event -> new PendingDelivery(orgId, endpoint, event.alone(), stored))
                .toList();
    }

    /** The first event's bytes, as a malformed event. */
    PendingDelivery malformed(String flaw) {
        return new PendingDelivery(
                orgId,
                endpoint,
                IdentifiedEvent.malformed(events.get(0).body(), flaw).alone(),
                stored);
    }

    /** Whether its request has its answer. */
    boolean isAnswered() {
        return stored.future().isComplete();
    }
}
