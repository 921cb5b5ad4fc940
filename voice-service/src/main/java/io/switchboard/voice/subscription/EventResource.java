package io.switchboard.voice.subscription;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Takes the events of other services for the organization's webhook subscriptions. */
@Path("/internal/events")
@Tag(name = "Internal")
public class EventResource {
    private final CallerContext caller;
    private final SubscriptionDeliveries deliveries;

    EventResource(CallerContext caller, SubscriptionDeliveries deliveries) {
        this.caller = caller;
        this.deliveries = deliveries;
    }

    /** To how many subscriptions the event is sent; 0 for a repeat. */
    record EventReceipt(@Schema(examples = "1") int deliveries) {}

    /** Fails with {@code invalid}. */
    @POST
    @ResponseStatus(202)
    @Operation(
            summary = "Send an event to the subscriptions that want it",
            description = "A repeat, by the event's id, has no further effect.")
    public Uni<EventReceipt> publish(@NotNull @Valid PublishedEvent event) {
        if (!EventTypes.CRM.contains(event.type())) {
            throw Problem.invalid("type", "is one of: " + String.join(", ", EventTypes.CRM));
        }
        return deliveries.record(caller, event).map(EventReceipt::new);
    }
}
