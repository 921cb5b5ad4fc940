package io.switchboard.crm.calendar;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A feed as it is shown.
 *
 * @param assigneeId whose appointments it shows; null for everybody's
 * @param createdBy the user or the access key
 */
public record CalendarFeedView(UUID id, @Nullable UUID assigneeId, UUID createdBy, OffsetDateTime createdAt) {
    static final String COLUMNS = "id, assignee_id, created_by, created_at";

    static CalendarFeedView of(Row row) {
        return new CalendarFeedView(
                row.getUUID("id"),
                row.getUUID("assignee_id"),
                row.getUUID("created_by"),
                row.getOffsetDateTime("created_at"));
    }
}
