package io.switchboard.auth.push;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.client.ClientCopy;
import io.switchboard.auth.client.Clients;
import io.switchboard.auth.organization.Organizations;
import io.switchboard.auth.user.Users;
import io.switchboard.kit.member.MemberForm;
import io.switchboard.kit.member.OrganizationSettingsForm;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What peers keep copies of, for a peer that needs one before the push has arrived. The bodies are those of the pushes. */
@Path("/internal")
@Tag(name = "Internal")
public class CopyResource {
    private final CallerContext caller;
    private final Users users;
    private final Organizations organizations;
    private final Clients clients;

    CopyResource(CallerContext caller, Users users, Organizations organizations, Clients clients) {
        this.caller = caller;
        this.users = users;
        this.organizations = organizations;
        this.clients = clients;
    }

    /** Fails with {@code user_not_found}. */
    @GET
    @Path("members/{id}")
    @Operation(summary = "Show a member", description = "As it is pushed to the services that keep a copy.")
    public Uni<MemberForm> member(@RestPath UUID id) {
        return users.copy(caller, id);
    }

    /** Fails with {@code organization_not_found}. */
    @GET
    @Path("organization")
    @AlsoAnswers(404)
    @Operation(
            summary = "Show the settings of the organization",
            description = "As they are pushed to the services that keep a copy.")
    public Uni<OrganizationSettingsForm> organization() {
        return organizations.copy(caller);
    }

    /** Fails with {@code client_not_found}. */
    @GET
    @Path("clients/{id}")
    @Operation(summary = "Show what another service needs of a client")
    public Uni<ClientCopy> client(@RestPath UUID id) {
        return clients.copy(caller, id);
    }
}
