package io.switchboard.crm.metric;

import io.switchboard.kit.http.Filters;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Whose figures are asked for, and of which days. */
public class MetricFilter {
    @QueryParam("from")
    @Parameter(description = "The first day, such as 2026-06-01; without it 30 days are shown")
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(
            description =
                    "The last day, at most 365 days after the first; without it today, in the organization's time zone")
    @Nullable
    String to;

    @QueryParam("agentId")
    @Parameter(description = "Only tickets that this agent has")
    @Nullable
    String agentId;

    @QueryParam("teamId")
    @Parameter(description = "Only tickets that this team has")
    @Nullable
    String teamId;

    @Nullable
    LocalDate from() {
        return Filters.date("from", from);
    }

    @Nullable
    LocalDate to() {
        return Filters.date("to", to);
    }

    @Nullable
    UUID agentId() {
        return Filters.uuid("agentId", agentId);
    }

    @Nullable
    UUID teamId() {
        return Filters.uuid("teamId", teamId);
    }
}
