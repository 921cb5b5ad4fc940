package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Delivers outbox rows to one receiver. */
public interface OutboxSender {
    /** The {@code destination} of the rows it carries. */
    String destination();

    /** How many rows it takes at once. */
    int atMost();

    /**
     * Delivers the rows. Fails with {@link io.switchboard.kit.peer.PeerAway} if the receiver is away: all are kept and cost no
     * attempt. Any other failure keeps them too, and counts.
     */
    Uni<SendResult> deliver(List<OutboxRow> rows);

    /** One row of the outbox; the event is JSON as the receiver takes it. */
    record OutboxRow(UUID orgId, UUID id, String event, int attempts) {}

    /**
     * The outcome for the rows; those in no list are tried again at once.
     *
     * @param refused never to be tried again, and why: kept in {@code outbox_rejected}
     * @param later refused for now: each is tried again after a wait that grows with its attempts
     */
    record SendResult(List<UUID> delivered, Map<UUID, String> refused, List<UUID> later) {
        public SendResult(List<UUID> delivered, Map<UUID, String> refused) {
            this(delivered, refused, List.of());
        }
    }
}
