package io.switchboard.crm.appointment;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.staff.Staff;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Appointments over HTTP. */
@Path("/api/appointments")
@Tag(name = "Appointments")
public class AppointmentResource {
    private final CallerContext caller;
    private final Appointments appointments;
    private final Staff staff;
    private final Clashes clashes;

    AppointmentResource(CallerContext caller, Appointments appointments, Staff staff, Clashes clashes) {
        this.caller = caller;
        this.appointments = appointments;
        this.staff = staff;
        this.clashes = clashes;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit}, {@code invalid_cursor}, or {@code forbidden} for deleted ones. */
    @GET
    @Operation(summary = "List appointments", description = "By scheduledAt. Filters combine; all of them must hold.")
    public Uni<PageOf<AppointmentView>> list(@BeanParam AppointmentFilter filter, @BeanParam Page page) {
        return appointments.list(filter, page);
    }

    /** Fails with {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Path("upcoming")
    @Operation(
            summary = "List what is to take place",
            description = "Pending and confirmed appointments in the future, by scheduledAt.")
    public Uni<PageOf<AppointmentView>> listUpcoming(@BeanParam Page page) {
        return appointments.listUpcoming(page);
    }

    /**
     * Fails with {@code invalid} for a contact that is not there and an assignee who is no active admin or agent, and with
     * {@code appointment_slot_taken}.
     */
    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Book an appointment",
            description =
                    "At any time, whatever the business hours. It is pending, its assignee is notified, without one every"
                            + " active admin, and the contact's lead becomes booked. An assignee who has another appointment then"
                            + " is refused with 409 appointment_slot_taken, which has clash and alternatives.")
    public Uni<AppointmentView> book(@NotNull @Valid AppointmentForm form) {
        return staff.fetch(caller, "assigneeId", form.assigneeId() == null ? List.of() : List.of(form.assigneeId()))
                .chain(() -> appointments.book(form))
                .onFailure(SlotTaken.class)
                .recoverWithUni(this::explain);
    }

    /** Fails with {@code appointment_not_found}, or {@code forbidden} for a deleted one. */
    @GET
    @Path("{id}")
    @Operation(summary = "Show an appointment")
    public Uni<AppointmentView> show(
            @RestPath UUID id,
            @RestQuery @Parameter(description = "true: also if it is deleted. Admins only") @Nullable
                    String includeDeleted) {
        return AppointmentFilter.includesDeleted(caller, includeDeleted)
                ? appointments.showEvenDeleted(id)
                : appointments.show(id);
    }

    /**
     * Fails with {@code appointment_not_found}, {@code changed_meanwhile}, {@code appointment_status_illegal},
     * {@code appointment_closed}, {@code appointment_slot_taken}, or {@code invalid} as booking does.
     */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @Operation(
            summary = "Change an appointment",
            description =
                    "status goes pending, confirmed, in_progress, completed; pending and confirmed ones may be cancelled,"
                            + " and confirmed ones a no_show. Completed, cancelled and missed ones keep their time and assignee.")
    public Uni<AppointmentView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(AppointmentChangeForm.class) MergePatch<AppointmentChangeForm> patch) {
        return checkAssignee(id, patch)
                .chain(() -> appointments.revise(id, ifMatch, patch))
                .onFailure(SlotTaken.class)
                .recoverWithUni(this::explain);
    }

    /** Fails with {@code appointment_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete an appointment", description = "It can be restored.")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return appointments.delete(id, ifMatch);
    }

    /** Fails with {@code appointment_not_found} or {@code appointment_slot_taken}. */
    @POST
    @Path("{id}/restore")
    @Operation(summary = "Restore a deleted appointment", description = "One that is not deleted stays as it is.")
    public Uni<AppointmentView> restore(@RestPath UUID id) {
        return appointments.restore(id).onFailure(SlotTaken.class).recoverWithUni(this::explain);
    }

    /** An assignee who stays may have been switched off since. */
    private Uni<?> checkAssignee(UUID id, MergePatch<AppointmentChangeForm> patch) {
        return patch.names("assigneeId")
                ? appointments.show(id).chain(before -> checkAssignee(before, patch.on(before.form())))
                : Uni.createFrom().voidItem();
    }

    private Uni<?> checkAssignee(AppointmentView before, AppointmentChangeForm form) {
        var assignee = form.assigneeId();
        return assignee == null || Objects.equals(assignee, before.assigneeId())
                ? Uni.createFrom().voidItem()
                : staff.check(caller, "assigneeId", List.of(assignee));
    }

    private Uni<AppointmentView> explain(Throwable failure) {
        return clashes.explain(caller, ((SlotTaken) failure).booking());
    }
}
