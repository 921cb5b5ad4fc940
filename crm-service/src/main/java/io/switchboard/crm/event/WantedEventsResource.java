package io.switchboard.crm.event;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Receives what voice-service wants to be told of an organization. */
@Path("/internal/wanted-events")
@Tag(name = "Internal")
public class WantedEventsResource {
    private final CallerContext caller;
    private final WantedEvents wantedEvents;

    WantedEventsResource(CallerContext caller, WantedEvents wantedEvents) {
        this.caller = caller;
        this.wantedEvents = wantedEvents;
    }

    @PUT
    @Operation(
            summary = "Say which events webhook subscriptions ask for",
            description =
                    "Replaces those of before. An older version than the one kept changes nothing; unknown types are no fault.")
    public Uni<Void> put(@NotNull @Valid WantedEventsForm form) {
        return wantedEvents.put(caller, form);
    }
}
