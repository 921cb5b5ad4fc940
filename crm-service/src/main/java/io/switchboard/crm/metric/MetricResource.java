package io.switchboard.crm.metric;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Figures of the desk over HTTP. */
@Path("/api/metrics")
@Tag(name = "Metrics")
public class MetricResource {
    private final CallerContext caller;
    private final Metrics metrics;
    private final MetricRefreshes refreshes;

    MetricResource(CallerContext caller, Metrics metrics, MetricRefreshes refreshes) {
        this.caller = caller;
        this.metrics = metrics;
        this.refreshes = refreshes;
    }

    /** Fails with {@code invalid_filter} or {@code invalid}. */
    @GET
    @Path("tickets")
    @AlsoAnswers(422)
    @Operation(
            summary = "Show figures of tickets by day or week",
            description = "Newest first, days without tickets included, by the day that tickets were created on in the"
                    + " organization's time zone. Tickets that were merged into another one are not counted.")
    public Uni<MetricList<TicketMetric>> tickets(
            @BeanParam MetricFilter filter,
            @QueryParam("by") @Parameter(description = "day, which is the default, or week") @Nullable String by) {
        var step = EnumParam.of(MetricStep.class, "by", by);
        return metrics.ofTickets(caller, filter, step == MetricStep.WEEK);
    }

    /** Fails with {@code invalid_filter} or {@code invalid}. */
    @GET
    @Path("agents")
    @AlsoAnswers(422)
    @Operation(
            summary = "Show figures of agents by day",
            description =
                    "Newest first, then by name: the tickets that agents have, by the day that they were created on"
                            + " in the organization's time zone. At most 5,000 lines.")
    public Uni<MetricList<AgentMetric>> agents(@BeanParam MetricFilter filter) {
        return metrics.ofAgents(caller, filter);
    }

    /** Answers before a refresh that takes over a second is done. */
    @POST
    @Path("refresh")
    @ResponseStatus(202)
    @Operation(
            summary = "Bring the figures up to date",
            description = "At most once in 2 seconds for all organizations, and less often where it takes long:"
                    + " refreshedAt tells what is shown now.")
    public Uni<MetricRefresh> refresh() {
        return refreshes.refresh(caller).map(MetricRefresh::new);
    }
}
