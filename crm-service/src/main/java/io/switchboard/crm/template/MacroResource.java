package io.switchboard.crm.template;

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

/** Applies templates to tickets, over HTTP. */
@Path("/api/tickets/{id}/apply")
@Tag(name = "Tickets")
public class MacroResource {
    private final Macros macros;

    MacroResource(Macros macros) {
        this.macros = macros;
    }

    /**
     * Fails with {@code ticket_not_found}, {@code forbidden}, {@code ticket_merged}, {@code ticket_closed}, {@code text_too_long},
     * {@code ticket_tags_too_many}, or {@code invalid} for a template that is not there or whose assignment is not possible any more.
     */
    @POST
    @Operation(
            summary = "Apply a template to a ticket",
            description =
                    "In one step: sends the template's text, filled in for the ticket, as a public message of the caller, and"
                            + " does what its set says. What has no value is left out: render shows it before. The answer"
                            + " shows the ticket, also if the caller does not see it any more.")
    public Uni<TicketView> apply(@RestPath UUID id, @NotNull @Valid MacroForm form) {
        return macros.apply(id, form);
    }
}
