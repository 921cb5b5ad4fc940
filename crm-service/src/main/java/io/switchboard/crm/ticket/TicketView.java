package io.switchboard.crm.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as it is shown.
 *
 * @param number from 1 in the organization, to be said aloud
 * @param customerId the user whose ticket it is
 * @param firstRespondedAt the first message of the desk that its customer can read
 * @param resolvedAt null unless it is resolved or closed
 * @param mergedIntoId the ticket that has its messages now
 */
public record TicketView(
        UUID id,
        long number,
        String title,
        @Nullable String description,
        TicketStatus status,
        TicketPriority priority,
        @Nullable UUID customerId,
        @Nullable UUID contactId,
        @Nullable UUID assignedAgentId,
        @Nullable UUID assignedTeamId,
        List<String> tags,
        Map<String, Object> metadata,
        @Nullable OffsetDateTime firstRespondedAt,
        @Nullable OffsetDateTime resolvedAt,
        @Nullable OffsetDateTime closedAt,
        int reopenedCount,
        @Nullable OffsetDateTime lastReopenedAt,
        @Nullable UUID mergedIntoId,
        TicketSla sla,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    /** What {@link #of} reads. */
    public static final String COLUMNS =
            "id, number, title, description, status::text, priority::text, customer_id, contact_id,"
                    + " assigned_agent_id, assigned_team_id, tags, nullif(metadata, '{}') as metadata, first_responded_at, resolved_at,"
                    + " closed_at, reopened_count, last_reopened_at, merged_into_id, first_response_due_at, resolution_due_at,"
                    + " first_response_breached_at is not null as first_response_breached,"
                    + " resolution_breached_at is not null as resolution_breached, paused_since, created_at, updated_at, version";

    /** What is stored in few bytes is short, however it was packed, and need not be turned into text to be counted. */
    static final List<String> LONG_TEXTS = List.of(
            "title",
            "description",
            "case when pg_column_size(tags) > 60 then array_to_string(tags, '') end",
            "case when pg_column_size(metadata) > 60 then metadata::text end");

    public static TicketView of(Row row) {
        return new TicketView(
                row.getUUID("id"),
                row.getLong("number"),
                row.getString("title"),
                row.getString("description"),
                TicketStatus.of(row.getString("status")),
                TicketPriority.of(row.getString("priority")),
                row.getUUID("customer_id"),
                row.getUUID("contact_id"),
                row.getUUID("assigned_agent_id"),
                row.getUUID("assigned_team_id"),
                List.of(row.getArrayOfStrings("tags")),
                metadata(row.getJsonObject("metadata")),
                row.getOffsetDateTime("first_responded_at"),
                row.getOffsetDateTime("resolved_at"),
                row.getOffsetDateTime("closed_at"),
                row.getInteger("reopened_count"),
                row.getOffsetDateTime("last_reopened_at"),
                row.getUUID("merged_into_id"),
                TicketSla.of(row),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    TicketChangeForm form() {
        return new TicketChangeForm(title, description, status, priority, tags, contactId, customerId, metadata);
    }

    /** Most tickets have none, and reading an empty object takes as long as the rest of the row. */
    private static Map<String, Object> metadata(@Nullable JsonObject stored) {
        return stored == null ? Map.of() : stored.getMap();
    }
}
