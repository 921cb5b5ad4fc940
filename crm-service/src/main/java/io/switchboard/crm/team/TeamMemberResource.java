package io.switchboard.crm.team;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.staff.Staff;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Who is in a team, over HTTP. */
@Path("/api/teams/{id}/members")
@Tag(name = "Teams")
public class TeamMemberResource {
    private final CallerContext caller;
    private final Teams teams;
    private final TeamMembers members;
    private final Staff staff;

    TeamMemberResource(CallerContext caller, Teams teams, TeamMembers members, Staff staff) {
        this.caller = caller;
        this.teams = teams;
        this.members = members;
        this.staff = staff;
    }

    /** Fails with {@code team_not_found}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List the members of a team", description = "By userId.")
    public Uni<PageOf<TeamMemberView>> list(@RestPath UUID id, @BeanParam Page page) {
        return members.list(id, page);
    }

    /**
     * Fails with {@code team_not_found}, {@code team_full}, or {@code invalid} for a user who is no active admin or agent of the
     * organization.
     */
    @POST
    @Operation(
            summary = "Add a person to a team",
            description = "201. 200 if the person is in the team already: nothing changes then.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TeamMemberView.class)))
    @APIResponse(
            responseCode = "201",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TeamMemberView.class)))
    public Uni<RestResponse<TeamMemberView>> join(@RestPath UUID id, @NotNull @Valid TeamMemberForm form) {
        return teams.check(caller, id)
                .chain(() -> staff.fetch(caller, "userId", List.of(form.userId())))
                .chain(() -> members.join(id, form));
    }

    /** Fails with {@code team_member_not_found}, {@code changed_meanwhile} or {@code invalid}. */
    @PATCH
    @Path("{userId}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @Operation(
            summary = "Change a member of a team",
            description = "maxOpenTickets: null takes the limit away. It counts the person's tickets in all teams.")
    public Uni<TeamMemberView> revise(
            @RestPath UUID id,
            @RestPath UUID userId,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(TeamMemberChangeForm.class) MergePatch<TeamMemberChangeForm> patch) {
        return members.revise(id, userId, ifMatch, patch);
    }

    /** Fails with {@code team_member_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @Path("{userId}")
    @Operation(
            summary = "Remove a person from a team",
            description = "They keep the tickets that are assigned to them, and see the team's others no more.")
    public Uni<Void> leave(@RestPath UUID id, @RestPath UUID userId, @BeanParam IfMatch ifMatch) {
        return members.remove(id, userId, ifMatch);
    }
}
