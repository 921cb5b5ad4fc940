package io.switchboard.crm.ticket;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Until when a ticket is to be answered and resolved, and whether that was missed.
 *
 * @param pausedSince null while the clock of the resolution runs
 */
public record TicketSla(
        @Nullable OffsetDateTime firstResponseDueAt,
        @Nullable OffsetDateTime resolutionDueAt,
        boolean firstResponseBreached,
        boolean resolutionBreached,
        @Nullable OffsetDateTime pausedSince) {

    static TicketSla of(Row row) {
        return new TicketSla(
                row.getOffsetDateTime("first_response_due_at"),
                row.getOffsetDateTime("resolution_due_at"),
                row.getBoolean("first_response_breached"),
                row.getBoolean("resolution_breached"),
                row.getOffsetDateTime("paused_since"));
    }
}
