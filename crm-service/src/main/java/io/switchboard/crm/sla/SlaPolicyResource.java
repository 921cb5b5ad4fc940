package io.switchboard.crm.sla;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.ticket.TicketPriority;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** How fast tickets of each priority are to be answered and resolved. */
@Path("/api/tickets/sla-policies")
@Tag(name = "Tickets")
public class SlaPolicyResource {
    private final CallerContext caller;
    private final SlaPolicies policies;

    SlaPolicyResource(CallerContext caller, SlaPolicies policies) {
        this.caller = caller;
        this.policies = policies;
    }

    @GET
    @Operation(summary = "List the SLA policies", description = "One for each priority, the most urgent first.")
    public Uni<PageOf<SlaPolicyView>> list() {
        return policies.list(caller).map(all -> new PageOf<>(all, null));
    }

    /** Fails with {@code sla_policy_not_found}. */
    @GET
    @Path("{priority}")
    @Operation(summary = "Show the SLA policy of a priority")
    public Uni<SlaPolicyView> show(@RestPath @Parameter(description = "low, medium, high or urgent") String priority) {
        return policies.show(caller, named(priority));
    }

    /** Fails with {@code sla_policy_not_found} or {@code changed_meanwhile}. */
    @PUT
    @Path("{priority}")
    @Operation(
            summary = "Change the SLA policy of a priority",
            description =
                    "Minutes are of open time by the organization's hours; without any hours the clock runs always."
                            + " Open tickets get new due times, counted from their creation: many of them some time later.")
    public Uni<SlaPolicyView> put(
            @RestPath @Parameter(description = "low, medium, high or urgent") String priority,
            @BeanParam IfMatch ifMatch,
            @NotNull @Valid SlaPolicyForm form) {
        return policies.put(caller, named(priority), form, ifMatch);
    }

    private static TicketPriority named(String priority) {
        return Stream.of(TicketPriority.values())
                .filter(each -> each.wire().equals(priority))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("sla_policy", priority));
    }
}
