package io.switchboard.voice.client;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Receives auth-service's pushes of PIN clients. */
@Path("/internal/clients")
@Tag(name = "Internal")
public class ClientCopyResource {
    private final CallerContext caller;
    private final Clients clients;

    ClientCopyResource(CallerContext caller, Clients clients) {
        this.caller = caller;
        this.clients = clients;
    }

    @PUT
    @Path("{id}")
    @Operation(
            summary = "Keep a copy of a PIN client",
            description =
                    "An older version than the one kept changes nothing. A client that is not active sees nothing.")
    public Uni<Void> put(@RestPath UUID id, @NotNull @Valid ClientCopyForm form) {
        return clients.put(caller, id, form);
    }
}
