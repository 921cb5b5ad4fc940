package io.switchboard.crm.ticket;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Tickets over HTTP. */
@Path("/api/tickets")
@Tag(name = "Tickets")
public class TicketResource {
    private final CallerContext caller;
    private final Tickets tickets;
    private final TicketPeople people;

    TicketResource(CallerContext caller, Tickets tickets, TicketPeople people) {
        this.caller = caller;
        this.tickets = tickets;
        this.people = people;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List tickets",
            description =
                    "Newest first. Admins see all, customers their own, agents those assigned to them or to a team of"
                            + " theirs. Filters combine; all of them must hold.")
    public Uni<PageOf<TicketView>> list(@BeanParam TicketFilter filter, @BeanParam Page page) {
        return tickets.list(filter, page);
    }

    /** Fails with {@code ticket_not_found}. */
    @GET
    @Path("{id}")
    @Operation(summary = "Show a ticket")
    public Uni<TicketView> show(@RestPath UUID id) {
        return tickets.show(id);
    }

    /** Fails with {@code invalid} for a contact or user that is not there, and for what customers may not set. */
    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Open a ticket",
            description = "A customer's ticket is its own. An agent's is assigned to that agent.")
    public Uni<TicketView> open(@NotNull @Valid TicketForm form) {
        if (caller.role().equals("customer")) {
            form.checkForCustomer();
        }
        return people.fetch(form).chain(() -> tickets.open(form));
    }

    /**
     * Fails with {@code ticket_not_found}, {@code forbidden}, {@code changed_meanwhile}, {@code ticket_status_illegal}, or
     * {@code invalid} for a contact or user that is not there.
     */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @Operation(
            summary = "Change a ticket",
            description =
                    "Any status leads to any other but to new. resolvedAt and closedAt say since when; reopening clears"
                            + " them. An assignment is an operation of its own.")
    public Uni<TicketView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(TicketChangeForm.class) MergePatch<TicketChangeForm> patch) {
        return people.fetch(id, patch).chain(() -> tickets.revise(id, ifMatch, patch));
    }
}
