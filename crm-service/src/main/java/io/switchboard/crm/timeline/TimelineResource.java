package io.switchboard.crm.timeline;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Timelines over HTTP. */
@Path("/api/contacts/{id}/timeline")
@Tag(name = "Contacts")
public class TimelineResource {
    private final CallerContext caller;
    private final Timeline timeline;

    TimelineResource(CallerContext caller, Timeline timeline) {
        this.caller = caller;
        this.timeline = timeline;
    }

    /** Fails with {@code contact_not_found}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "Show what happened with a contact",
            description =
                    "Calls, appointments, notes, and the tickets that the caller sees, newest first, appointments by the time they begin. What"
                            + " belongs to a service that is away is left out, and missing names it; the next page has it, once the service is back.")
    public Uni<TimelinePage> show(@RestPath UUID id, @BeanParam Page page) {
        return timeline.page(caller, id, page);
    }
}
