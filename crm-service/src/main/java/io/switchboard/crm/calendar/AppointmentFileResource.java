package io.switchboard.crm.calendar;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfNoneMatch;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Single appointments as calendar files. */
@Path("/api/appointments")
@Tag(name = "Appointments")
public class AppointmentFileResource {
    private final CallerContext caller;
    private final CalendarEntries entries;

    AppointmentFileResource(CallerContext caller, CalendarEntries entries) {
        this.caller = caller;
        this.entries = entries;
    }

    /** Fails with {@code appointment_not_found}, also for a deleted one. */
    @GET
    @Path("{id}.ics")
    @Produces(CalendarAnswer.TYPE)
    @Operation(
            summary = "Get an appointment as a calendar file",
            description = "The UID stays the same over all changes, SEQUENCE rises; what is cancelled says so.")
    @APIResponse(
            responseCode = "200",
            description = "The appointment, in UTC",
            content =
                    @Content(
                            mediaType = "text/calendar",
                            schema = @Schema(type = SchemaType.STRING, examples = CalendarAnswer.EXAMPLE)))
    @APIResponse(responseCode = "304", description = "As the caller has it")
    public Uni<RestResponse<String>> get(@RestPath UUID id, @BeanParam IfNoneMatch ifNoneMatch) {
        return entries.get(caller, id).map(entry -> {
            var calendar = AppointmentCalendar.publish(List.of(entry));
            var etag = CalendarAnswer.etag(calendar);
            return ifNoneMatch.names(etag)
                    ? CalendarAnswer.unchanged(etag)
                    : CalendarAnswer.of(calendar, etag, "appointment-" + id);
        });
    }
}
