package io.switchboard.kit.member;

import io.quarkus.arc.properties.IfBuildProperty;
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

/** Receives the pushes of auth-service, in the services that keep copies. */
@Path("/internal")
@Tag(name = "Internal")
@IfBuildProperty(name = "switchboard.members", stringValue = "true")
public class MemberResource {
    private final CallerContext caller;
    private final Members members;

    MemberResource(CallerContext caller, Members members) {
        this.caller = caller;
        this.members = members;
    }

    @PUT
    @Path("members/{id}")
    @Operation(summary = "Keep a copy of a member", description = "An older version than the one kept changes nothing.")
    public Uni<Void> putMember(@RestPath UUID id, @NotNull @Valid MemberForm form) {
        return members.put(caller, id, form);
    }

    @PUT
    @Path("organization")
    @Operation(
            summary = "Keep a copy of the organization's settings",
            description = "An older version than the one kept changes nothing.")
    public Uni<Void> putOrganization(@NotNull @Valid OrganizationSettingsForm form) {
        return members.put(caller, form);
    }
}
