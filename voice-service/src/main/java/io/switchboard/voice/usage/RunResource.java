package io.switchboard.voice.usage;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantWork;
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

/** The runs of a voice agent over HTTP. */
@Path("/api/agents/{id}/runs")
@Tag(name = "Usage")
public class RunResource {
    private final CallerContext caller;
    private final Runs runs;

    RunResource(CallerContext caller, Runs runs) {
        this.caller = caller;
        this.runs = runs;
    }

    /** Fails with {@code agent_not_found}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List the runs of a voice agent", description = "Newest first, with those of its calls.")
    public Uni<PageOf<RunView>> list(@RestPath UUID id, @BeanParam Page page) {
        return runs.list(caller, id, page);
    }

    /** Fails with {@code run_not_found}. */
    @GET
    @Path("{runId}")
    @Operation(summary = "Show a run of a voice agent")
    public Uni<RunView> show(@RestPath UUID id, @RestPath UUID runId) {
        return runs.show(caller, id, runId);
    }

    /** Fails with {@code agent_not_found}, {@code quota_exceeded}, {@code run_conversation_taken} or {@code forbidden}. */
    @POST
    @ResponseStatus(201)
    @TenantWork
    @Operation(
            summary = "Report a run of a voice agent",
            description =
                    "What it used outside of calls, whose runs come by themselves. It counts against the quota of the"
                            + " agent's owner. 429 quota_exceeded, with resetsAt, once this month's tokens are used up.")
    public Uni<RunView> report(@RestPath UUID id, @NotNull @Valid RunForm form) {
        return runs.add(caller, id, form);
    }
}
