package io.switchboard.crm.ticket;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is shown.
 *
 * @param senderId the user, or an access key; null where the system or an assistant speaks
 * @param internal whether customers do not see it
 */
public record MessageView(
        UUID id,
        UUID ticketId,
        @Nullable UUID senderId,
        MessageType type,
        boolean internal,
        String content,
        Map<String, Object> metadata,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    /** What {@link #of} reads. */
    public static final String COLUMNS = "id, ticket_id, sender_id, type::text, is_internal, content,"
            + " nullif(metadata, '{}') as metadata, created_at, updated_at";

    /** As those of {@link TicketView}. */
    static final List<String> LONG_TEXTS =
            List.of("content", "case when pg_column_size(metadata) > 60 then metadata::text end");

    public static MessageView of(Row row) {
        return new MessageView(
                row.getUUID("id"),
                row.getUUID("ticket_id"),
                row.getUUID("sender_id"),
                MessageType.of(row.getString("type")),
                row.getBoolean("is_internal"),
                row.getString("content"),
                metadata(row.getJsonObject("metadata")),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"));
    }

    private static Map<String, Object> metadata(@Nullable JsonObject stored) {
        return stored == null ? Map.of() : stored.getMap();
    }
}
