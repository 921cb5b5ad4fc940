package io.switchboard.voice.agent;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The versions of a voice agent over HTTP. */
@Path("/api/agents/{id}/versions")
@Tag(name = "Voice agents")
public class AgentVersionResource {
    private final CallerContext caller;
    private final Agents agents;
    private final AgentVersions versions;

    AgentVersionResource(CallerContext caller, Agents agents, AgentVersions versions) {
        this.caller = caller;
        this.agents = agents;
        this.versions = versions;
    }

    /** Fails with {@code agent_not_found}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List the versions of a voice agent", description = "Newest first.")
    public Uni<PageOf<AgentVersionView>> list(@RestPath UUID id, @BeanParam Page page) {
        return versions.list(caller, id, page)
                .call(found -> found.items().isEmpty()
                        ? agents.show(id)
                        : Uni.createFrom().voidItem());
    }

    /**
     * Fails with {@code agent_not_found}, {@code forbidden} for an enterprise user who does not own it, {@code version_not_found} or
     * {@code changed_meanwhile}.
     */
    @POST
    @Path("{n}/restore")
    @TenantWork
    @Operation(
            summary = "Restore a version of a voice agent",
            description = "It becomes a new version, the newest. The agent keeps its status.")
    public Uni<AgentView> restore(@RestPath UUID id, @RestPath int n, @BeanParam IfMatch ifMatch) {
        return agents.getToChange(id, ifMatch).chain(agent -> agents.restore(agent, n));
    }
}
