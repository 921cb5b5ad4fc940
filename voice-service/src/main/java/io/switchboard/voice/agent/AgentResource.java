package io.switchboard.voice.agent;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.EntityDeletion;
import io.switchboard.kit.tenant.TenantWork;
import io.switchboard.voice.provider.Providers;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Voice agents over HTTP. */
@Path("/api/agents")
@Tag(name = "Voice agents")
public class AgentResource {
    private final CallerContext caller;
    private final Agents agents;
    private final AgentOwners owners;
    private final Providers providers;

    AgentResource(CallerContext caller, Agents agents, AgentOwners owners, Providers providers) {
        this.caller = caller;
        this.agents = agents;
        this.owners = owners;
        this.providers = providers;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List voice agents",
            description = "Newest first. Admins and enterprise users see those of the organization, users their own.")
    public Uni<PageOf<AgentView>> list(
            @RestQuery @Parameter(description = "draft, active or paused") @Nullable String status,
            @RestQuery @Parameter(description = "The user who owns them") @Nullable String ownerId,
            @BeanParam Page page) {
        var inStatus = EnumParam.of(AgentStatus.class, "status", status);
        return agents.list(inStatus, Filters.uuid("ownerId", ownerId), page);
    }

    /** Fails with {@code agent_not_found}. */
    @GET
    @Path("{id}")
    @Operation(summary = "Show a voice agent")
    public Uni<AgentView> show(@RestPath UUID id) {
        return agents.show(id);
    }

    /**
     * Fails with {@code agent_limit_reached}, {@code forbidden} for an owner whom only an admin may name, and {@code invalid} for an
     * owner or provider that is not known.
     */
    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Create a voice agent",
            description =
                    "The caller owns it. An admin may give it to another user, and an access key must. An owner has at most"
                            + " as many as the plan allows: one more is refused with 409 agent_limit_reached.")
    public Uni<AgentView> create(@NotNull @Valid AgentForm form) {
        checkProvider(form);
        return owners.resolve(caller, form.ownerId()).chain(owner -> agents.create(owner, form));
    }

    /**
     * Fails with {@code agent_not_found}, {@code forbidden} for an enterprise user who does not own it, {@code changed_meanwhile}, or
     * {@code invalid}.
     */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @TenantWork
    @Operation(
            summary = "Change a voice agent",
            description = "What changes beside the status is a new version. The owner cannot be changed.")
    public Uni<AgentView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(AgentForm.class) MergePatch<AgentForm> patch) {
        return agents.getToChange(id, ifMatch).chain(agent -> agents.save(agent, agent.revise(patched(agent, patch))));
    }

    /** A provider that stays may be gone since. */
    private AgentForm patched(Agent agent, MergePatch<AgentForm> patch) {
        var form = patch.on(agent.form());
        if (patch.names("provider")) {
            checkProvider(form);
        }
        return form;
    }

    private void checkProvider(AgentForm form) {
        if (form.provider() != null && providers.named(form.provider()) == null) {
            throw Problem.invalid("provider", providers.rule());
        }
    }

    /** Fails with {@code agent_not_found}, {@code forbidden} for an enterprise user who does not own it, or {@code changed_meanwhile}. */
    @DELETE
    @Path("{id}")
    @TenantWork
    @Operation(summary = "Delete a voice agent", description = "With its versions and the clients' assistants of it.")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return agents.getToChange(id, ifMatch).chain(agent -> EntityDeletion.delete(agents, agent));
    }
}
