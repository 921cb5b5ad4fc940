package io.switchboard.crm.ticket;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which tickets a list shows. An empty filter is an absent one. */
public class TicketFilter {
    private static final int LONGEST_NUMBER = 18;

    @QueryParam("status")
    @Parameter(description = "new, open, pending, resolved or closed")
    @Nullable
    String status;

    @QueryParam("priority")
    @Parameter(description = "low, medium, high or urgent")
    @Nullable
    String priority;

    @QueryParam("assignedAgentId")
    @Parameter(description = "Assigned to this user")
    @Nullable
    String assignedAgentId;

    @QueryParam("assignedTeamId")
    @Parameter(description = "Assigned to this team")
    @Nullable
    String assignedTeamId;

    @QueryParam("tag")
    @Parameter(description = "One of the tags, in full")
    @Nullable
    String tag;

    @QueryParam("customerId")
    @Parameter(description = "Of this user")
    @Nullable
    String customerId;

    @QueryParam("contactId")
    @Parameter(description = "Of this contact")
    @Nullable
    String contactId;

    @QueryParam("number")
    @Parameter(description = "With this number")
    @Nullable
    String number;

    @QueryParam("q")
    @Parameter(description = "Words of the title, the description or a message that the caller can read")
    @Nullable
    String q;

    @Nullable
    TicketStatus status() {
        return EnumParam.of(TicketStatus.class, "status", status);
    }

    @Nullable
    TicketPriority priority() {
        return EnumParam.of(TicketPriority.class, "priority", priority);
    }

    @Nullable
    UUID assignedAgentId() {
        return Filters.uuid("assignedAgentId", assignedAgentId);
    }

    @Nullable
    UUID assignedTeamId() {
        return Filters.uuid("assignedTeamId", assignedTeamId);
    }

    @Nullable
    String tag() {
        return Filters.text("tag", tag);
    }

    @Nullable
    UUID customerId() {
        return Filters.uuid("customerId", customerId);
    }

    @Nullable
    UUID contactId() {
        return Filters.uuid("contactId", contactId);
    }

    @Nullable
    Long number() {
        var digits = Filters.text("number", number, LONGEST_NUMBER);
        if (digits != null && !digits.matches("[0-9]+")) {
            throw Filters.invalid("number", "is a number of at most " + LONGEST_NUMBER + " digits");
        }
        return digits == null ? null : Long.valueOf(digits);
    }

    @Nullable
    String words() {
        return Filters.text("q", q);
    }
}
