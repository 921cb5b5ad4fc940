package io.switchboard.voice.delivery;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to one subscription, leased to this worker.
 *
 * @param secret sealed
 * @param previousSecret sealed; null unless it signs too
 */
record ClaimedDelivery(
        UUID orgId,
        UUID id,
        UUID subscriptionId,
        UUID eventId,
        String body,
        UUID lease,
        String url,
        byte[] secret,
        byte @Nullable [] previousSecret) {

    static ClaimedDelivery of(Row row) {
        Buffer previous = row.getBuffer("previous_secret");
        return new ClaimedDelivery(
                row.getUUID("org_id"),
                row.getUUID("id"),
                row.getUUID("subscription_id"),
                row.getUUID("event_id"),
                row.getString("body"),
                row.getUUID("lease"),
                row.getString("url"),
                row.getBuffer("secret").getBytes(),
                previous == null ? null : previous.getBytes());
    }
}
