package io.switchboard.crm.team;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Teams over HTTP. */
@Path("/api/teams")
@Tag(name = "Teams")
public class TeamResource {
    private final CallerContext caller;
    private final Teams teams;

    TeamResource(CallerContext caller, Teams teams) {
        this.caller = caller;
        this.teams = teams;
    }

    /** Fails with {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List teams", description = "By name.")
    public Uni<PageOf<TeamView>> list(@BeanParam Page page) {
        return teams.list(caller, page);
    }

    /** Fails with {@code team_not_found}. */
    @GET
    @Path("{id}")
    @TenantWork
    @Operation(summary = "Show a team")
    public Uni<TeamView> show(@RestPath UUID id) {
        return teams.get(id).map(Team::view);
    }

    /** Fails with {@code team_name_taken}, or {@code team_default_taken} where two teams become the default at once. */
    @POST
    @ResponseStatus(201)
    @TenantWork
    @Operation(
            summary = "Add a team",
            description = "A default team takes the new tickets of customers and calls; it replaces the one before.")
    public Uni<TeamView> create(@NotNull @Valid TeamForm form) {
        return teams.save(new Team(caller, form)).map(Team::view);
    }

    /** Fails with {@code team_not_found}, {@code changed_meanwhile}, {@code team_name_taken} or {@code team_default_taken}. */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @TenantWork
    @Operation(summary = "Change a team", description = "A new default team replaces the one before.")
    public Uni<TeamView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(TeamForm.class) MergePatch<TeamForm> patch) {
        return teams.get(id)
                .invoke(ifMatch::check)
                .invoke(team -> team.revise(patch.on(team.form())))
                .chain(teams::save)
                .map(Team::view);
    }

    /** Fails with {@code team_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Delete a team",
            description =
                    "Its tickets keep their agents, and are no team's. Those without an agent are the admins' to assign.")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return teams.check(id, ifMatch).chain(() -> teams.release(caller, id)).chain(() -> teams.delete(id, ifMatch));
    }
}
