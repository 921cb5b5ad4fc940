package io.switchboard.crm.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The tickets that were created on a day, or in the days of a week that are asked for. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TicketMetric(
        @Schema(description = "Of a week, its Monday") LocalDate day,
        long totalTickets,

        @Schema(description = "How many of them are resolved by now, closed ones included")
        long resolvedTickets,

        @Schema(description = "From creation to resolution; null where none is resolved") @Nullable
        Long averageResolutionSeconds,

        @Schema(description = "From creation to the first public answer of an agent; null where none is answered")
        @Nullable
        Long averageFirstResponseSeconds,

        @Schema(description = "How many of them were reopened, once or more often")
        long reopened,

        @Schema(
                description =
                        "All tickets that were neither resolved nor closed at the end of the day, or of the last day")
        long backlog) {

    static TicketMetric of(Row row) {
        return new TicketMetric(
                row.getLocalDate("day"),
                row.getLong("total_tickets"),
                row.getLong("resolved_tickets"),
                row.getLong("average_resolution_seconds"),
                row.getLong("average_first_response_seconds"),
                row.getLong("reopened"),
                row.getLong("backlog"));
    }
}
