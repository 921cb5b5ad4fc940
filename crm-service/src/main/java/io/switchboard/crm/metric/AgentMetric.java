package io.switchboard.crm.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The tickets of an agent that were created on a day. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AgentMetric(
        LocalDate day,
        UUID agentId,

        @Schema(description = "Null for a user who is not known here") @Nullable
        String name,

        long totalTickets,

        @Schema(description = "How many of them are resolved by now, closed ones included")
        long resolvedTickets,

        @Schema(description = "From creation to resolution; null where none is resolved") @Nullable
        Long averageResolutionSeconds,

        @Schema(description = "All messages of these tickets, internal ones included, but for what the system notes")
        long totalMessages) {

    static AgentMetric of(Row row) {
        return new AgentMetric(
                row.getLocalDate("day"),
                row.getUUID("agent_id"),
                row.getString("name"),
                row.getLong("total_tickets"),
                row.getLong("resolved_tickets"),
                row.getLong("average_resolution_seconds"),
                row.getLong("total_messages"));
    }
}
