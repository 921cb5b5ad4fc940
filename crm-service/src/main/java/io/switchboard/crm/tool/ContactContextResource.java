package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.appointment.CallAppointments;
import io.switchboard.crm.contact.CallContacts;
import io.switchboard.crm.contact.ContactView;
import io.switchboard.crm.ticket.CallTickets;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tells voice-service who calls, before the assistant speaks. */
@Path("/internal/contact-context")
@Tag(name = "Internal")
public class ContactContextResource {
    private static final int LONGEST_PHONE = 255;

    private final CallerContext caller;
    private final CallContacts contacts;
    private final CallAppointments appointments;
    private final CallTickets tickets;
    private final TenantSql sql;

    ContactContextResource(
            CallerContext caller,
            CallContacts contacts,
            CallAppointments appointments,
            CallTickets tickets,
            TenantSql sql) {
        this.caller = caller;
        this.contacts = contacts;
        this.appointments = appointments;
        this.tickets = tickets;
        this.sql = sql;
    }

    /** Fails with {@code invalid_filter}. */
    @GET
    @Operation(
            summary = "Tell who calls",
            description = "A number that is not known is no error: all but isBlocked is null.")
    public Uni<ContactContextView> show(
            @QueryParam("phone") @Parameter(required = true, description = "1 to 255 characters") @Nullable
                    String phone) {
        var given = Filters.text("phone", phone, LONGEST_PHONE);
        if (given == null) {
            throw Filters.invalid("phone", "has 1 to " + LONGEST_PHONE + " characters");
        }
        return contacts.read(caller, given)
                .chain(number -> contacts.find(caller, number))
                .chain(contact -> contact == null
                        ? Uni.createFrom().item(ContactContextView.UNKNOWN)
                        : sql.transaction(caller, statements -> show(statements, contact)));
    }

    private Uni<ContactContextView> show(Statements statements, ContactView contact) {
        return appointments
                .next(statements, contact.id())
                .map(next -> next == null ? null : next.serviceType() + " " + AppointmentArgument.when(next))
                .chain(next -> tickets.findOpen(statements, contact.id())
                        .map(open -> new ContactContextView(
                                contact.id(), contact.name(), contact.isBlocked(), next, open.size())));
    }
}
