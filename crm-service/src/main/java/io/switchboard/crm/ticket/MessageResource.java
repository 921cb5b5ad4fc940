package io.switchboard.crm.ticket;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Messages on a ticket over HTTP. */
@Path("/api/tickets/{id}/messages")
@Tag(name = "Tickets")
public class MessageResource {
    private final Messages messages;

    MessageResource(Messages messages) {
        this.messages = messages;
    }

    /** Fails with {@code ticket_not_found}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List the messages on a ticket",
            description = "Oldest first. Customers see no internal ones. The ticket's description is no message.")
    public Uni<PageOf<MessageView>> list(@RestPath UUID id, @BeanParam Page page) {
        return messages.list(id, page);
    }

    /** Fails with {@code ticket_not_found}, {@code ticket_closed}, or {@code invalid} for a customer's internal one. */
    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Send a message on a ticket",
            description =
                    "The first public one of the desk opens a new ticket and answers it; a customer's opens one that is"
                            + " pending or resolved. A closed ticket takes none. Messages are not changed afterwards.")
    public Uni<MessageView> send(@RestPath UUID id, @NotNull @Valid MessageForm form) {
        return messages.send(id, form);
    }
}
