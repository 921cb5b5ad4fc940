package io.switchboard.crm.availability;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Free times over HTTP. */
@Path("/api/appointments/availability")
@Tag(name = "Appointments")
public class AvailabilityResource {
    private final CallerContext caller;
    private final Availability availability;

    AvailabilityResource(CallerContext caller, Availability availability) {
        this.caller = caller;
        this.availability = availability;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit}, {@code invalid_cursor} or {@code invalid}. */
    @GET
    @AlsoAnswers(422)
    @Operation(
            summary = "List the times that can be booked",
            description = "Earliest first: slots of exactly durationMinutes, on the grid of the booking rules from each"
                    + " opening, inside business hours and outside closures, from now and the minimum notice to the"
                    + " horizon, when at least one person who can be booked is free.")
    public Uni<PageOf<SlotView>> list(@BeanParam AvailabilityFilter filter, @BeanParam Page page) {
        return availability.list(caller, filter, page);
    }
}
