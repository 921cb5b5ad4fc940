package io.switchboard.voice.inbox;

import io.switchboard.voice.provider.IdentifiedEvent;
import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;

/** The events of one delivery on their way into the database, and who waits for them to be there. */
final class PendingDelivery {
    /** Rows cost something too, however small their bodies are. */
    private static final int ROW = 256;

    final UUID orgId;
    final UUID endpoint;
    final List<IdentifiedEvent> notices;
    /** Of what is sent to the database. */
    final long bytes;

    final Promise<Void> stored;

    PendingDelivery(UUID orgId, UUID endpoint, List<IdentifiedEvent> notices) {
        this(orgId, endpoint, notices, Promise.promise());
    }

    private PendingDelivery(UUID orgId, UUID endpoint, List<IdentifiedEvent> notices, Promise<Void> stored) {
        this.stored = stored;
        this.orgId = orgId;
        this.endpoint = endpoint;
        this.notices = notices;
        long sum = (long) ROW * notices.size();
        for (var notice : sharesBody() ? notices.subList(0, 1) : notices) {
            sum += notice.body().length;
        }
        this.bytes = sum;
    }

    int rows() {
        return notices.size();
    }

    /** Whether there are several events, and all are of the very same bytes: those are stored once. */
    boolean sharesBody() {
        return rows() > 1
                && notices.stream()
                        .allMatch(notice -> notice.body() == notices.get(0).body());
    }

    /** Each of the events by itself. */
    List<PendingDelivery> apart() {
        return notices.stream()
                .map(notice -> new PendingDelivery(orgId, endpoint, notice.alone(), stored))
                .toList();
    }

    /** The first event's bytes as a malformed event. */
    PendingDelivery malformed(String flaw) {
        return new PendingDelivery(
                orgId,
                endpoint,
                IdentifiedEvent.malformed(notices.get(0).body(), flaw).alone(),
                stored);
    }

    /** Whether nobody waits any more. */
    boolean isAnswered() {
        return stored.future().isComplete();
    }
}
