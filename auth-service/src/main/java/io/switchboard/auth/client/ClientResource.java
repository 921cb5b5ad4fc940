package io.switchboard.auth.client;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.clientsession.ActiveClientSessions;
import io.switchboard.auth.clientsession.ClientSessionView;
import io.switchboard.auth.pin.PinAssignment;
import io.switchboard.auth.pin.PinForm;
import io.switchboard.auth.pin.PinView;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.EntityDeletion;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** PIN accounts, for admins. */
@Path("/api/clients")
public class ClientResource {
    private final Clients clients;
    private final PinAssignment pinAssignment;
    private final ActiveClientSessions sessions;

    ClientResource(Clients clients, PinAssignment pinAssignment, ActiveClientSessions sessions) {
        this.clients = clients;
        this.pinAssignment = pinAssignment;
        this.sessions = sessions;
    }

    @GET
    public Uni<PageOf<ClientView>> list(@BeanParam Page page) {
        return clients.list(page);
    }

    @GET
    @Path("{id}")
    public Uni<ClientView> show(@RestPath UUID id) {
        return clients.show(id);
    }

    /** Fails with {@code client_pin_taken}, or {@code pin_must_be_generated} (429) where that was answered too often. */
    @POST
    @ResponseStatus(201)
    public Uni<ClientView> create(@NotNull @Valid NewClientForm form) {
        return pinAssignment.assign(form.pin(), pin -> clients.add(form, pin));
    }

    /** Fails with {@code client_not_found} or {@code changed_meanwhile}. */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @TenantWork
    public Uni<ClientView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(ClientForm.class) MergePatch<ClientForm> patch) {
        return clients.get(id)
                .invoke(ifMatch::check)
                .invoke(client -> client.revise(patch.on(client.form())))
                .chain(clients::save)
                .map(Client::view);
    }

    /** Fails with {@code client_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @Path("{id}")
    @TenantWork
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return clients.get(id).invoke(ifMatch::check).chain(client -> EntityDeletion.delete(clients, client));
    }

    /** Ends the client's sessions. Fails with {@code client_not_found}, and as {@link #create} does. */
    @POST
    @Path("{id}/pin")
    public Uni<PinView> givePin(@RestPath UUID id, @Nullable @Valid PinForm chosen) {
        var form = chosen == null ? new PinForm(null) : chosen;
        return pinAssignment.assign(form.pin(), pin -> clients.give(id, form, pin));
    }

    /** Fails with {@code client_not_found}. */
    @GET
    @Path("{id}/sessions")
    public Uni<PageOf<ClientSessionView>> listSessions(@RestPath UUID id, @BeanParam Page page) {
        return sessions.list(id, page);
    }

    /** Fails with {@code client_not_found}. */
    @DELETE
    @Path("{id}/sessions")
    public Uni<Void> endSessions(@RestPath UUID id) {
        return sessions.end(id);
    }
}
