package io.switchboard.crm.appointment;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.staff.Staff;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** By which rules an organization takes bookings. */
@Path("/api/appointments/rules")
@Tag(name = "Appointments")
public class BookingRulesResource {
    private final CallerContext caller;
    private final BookingRules rules;
    private final Staff staff;

    BookingRulesResource(CallerContext caller, BookingRules rules, Staff staff) {
        this.caller = caller;
        this.rules = rules;
        this.staff = staff;
    }

    @GET
    @Operation(summary = "Show the booking rules")
    public Uni<BookingRulesView> show() {
        return rules.show(caller);
    }

    /** Fails with {@code changed_meanwhile}, or {@code invalid}, also for an assignee who is no active admin or agent. */
    @PATCH
    @Consumes({"application/merge-patch+json", "application/json"})
    @Operation(
            summary = "Change the booking rules",
            description =
                    "Availability and calls go by them; staff book at any time. A buffer counts for what is booked or"
                            + " moved from now on. null sets a rule to its default.")
    public Uni<BookingRulesView> revise(
            @BeanParam IfMatch ifMatch, @RequestBodySchema(BookingRulesForm.class) MergePatch<BookingRulesForm> patch) {
        return rules.show(caller).invoke(ifMatch::check).chain(before -> revised(before, patch.on(before.form())));
    }

    private Uni<BookingRulesView> revised(BookingRulesView before, BookingRulesForm form) {
        var added = form.assignees().stream()
                .filter(person -> !before.assignees().contains(person))
                .toList();
        return (added.isEmpty() ? Uni.createFrom().voidItem() : staff.check(caller, "assignees", added))
                .chain(() -> rules.put(caller, form, before));
    }
}
