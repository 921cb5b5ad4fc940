package io.switchboard.crm.assignment;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.ticket.TicketView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Hands tickets over, over HTTP. */
@Path("/api/tickets/{id}/assign")
@Tag(name = "Tickets")
public class AssignmentResource {
    private final Assignments assignments;

    AssignmentResource(Assignments assignments) {
        this.assignments = assignments;
    }

    /**
     * Fails with {@code ticket_not_found}, or {@code invalid} for a team that is not there and an agent who is no active admin or
     * agent.
     */
    @POST
    @Operation(
            summary = "Assign a ticket",
            description =
                    "To an agent: {agentId}; to a team, and no one in it yet: {teamId}; to a team and the one in it who is available, has"
                            + " room and the fewest open tickets: {teamId, strategy: round_robin}. Where there is none, the team"
                            + " has it alone. The agent is notified, without one everybody in the team. The answer shows the"
                            + " ticket, also if the caller does not see it any more.")
    public Uni<TicketView> assign(@RestPath UUID id, @NotNull @Valid AssignmentForm form) {
        return assignments.prepare(form).chain(() -> assignments.assign(id, form));
    }
}
