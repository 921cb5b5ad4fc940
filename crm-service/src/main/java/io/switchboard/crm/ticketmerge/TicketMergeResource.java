package io.switchboard.crm.ticketmerge;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.ticket.TicketView;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Merges tickets over HTTP. */
@Path("/api/tickets/{id}/merge")
@Tag(name = "Tickets")
public class TicketMergeResource {
    private final TicketMerges merges;

    TicketMergeResource(TicketMerges merges) {
        this.merges = merges;
    }

    /**
     * Fails with {@code ticket_not_found}, {@code forbidden}, {@code same_ticket}, {@code ticket_merged}, {@code customers_differ}, or
     * {@code invalid} for a {@code duplicateId} that is no ticket which the caller may change.
     */
    @POST
    @TenantWork
    @Operation(
            summary = "Merge a duplicate into a ticket",
            description =
                    "The duplicate is closed and names the ticket in mergedIntoId. Its messages move to the ticket, and later ones"
                            + " go there, too. A ticket without a customer or a contact gets the duplicate's.")
    public Uni<TicketView> merge(@RestPath UUID id, @NotNull @Valid TicketMergeForm form) {
        return merges.merge(id, form.duplicateId());
    }
}
