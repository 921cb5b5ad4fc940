package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.appointment.CallAppointment;
import io.switchboard.crm.appointment.CallAppointments;
import io.switchboard.crm.availability.Availability;
import io.switchboard.crm.contact.CallContacts;
import io.switchboard.crm.contact.ContactView;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.value.WrittenTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Books a free time with a free person, for the contact with a number. */
@ApplicationScoped
class BookAppointment implements Tool {
    private final CallContacts contacts;
    private final CallAppointments appointments;
    private final Availability availability;

    BookAppointment(CallContacts contacts, CallAppointments appointments, Availability availability) {
        this.contacts = contacts;
        this.appointments = appointments;
        this.availability = availability;
    }

    @Override
    public String name() {
        return "book_appointment";
    }

    private record Wish(
            CallContacts.Number phone,
            @Nullable String name,
            String service,
            WrittenTime time,
            @Nullable Integer minutes,
            @Nullable String notes) {}

    @Override
    public Uni<Work> prepare(CallerContext caller, ToolArguments arguments) {
        var phone = CallerNumber.of(arguments);
        var name = arguments.text("name", 200);
        var service = arguments.text(
                "serviceType", CallAppointments.LONGEST_SERVICE, "I need to know what the appointment is for.");
        var time = SpokenTimes.written(arguments, "scheduledAt", "I need the day and the time of the appointment.");
        var minutes = arguments.minutes("durationMinutes");
        var notes = arguments.text("notes", CallAppointments.LONGEST_NOTES);
        return contacts.read(caller, phone)
                .map(number -> new Wish(number, name, service, time, minutes, notes))
                .map(wish -> statements -> book(caller, statements, wish));
    }

    private Uni<ToolResult> book(CallerContext caller, Statements statements, Wish wish) {
        return SpokenTimes.read(statements, wish.time().iso()).chain(time -> minutes(statements, wish)
                .chain(minutes -> book(caller, statements, wish, time, minutes)));
    }

    private Uni<Integer> minutes(Statements statements, Wish wish) {
        var minutes = wish.minutes();
        return minutes == null
                ? appointments.usualMinutes(statements)
                : Uni.createFrom().item(minutes);
    }

    private Uni<ToolResult> book(
            CallerContext caller, Statements statements, Wish wish, OffsetDateTime time, int minutes) {
        return contacts.findOrAdd(caller, statements, wish.phone(), wish.name())
                .chain(contact -> appointments
                        .book(statements, contact.id(), wish.service(), time, minutes, wish.notes())
                        .onItem()
                        .ifNull()
                        .switchTo(() -> refuse(statements, time, minutes))
                        .call(() -> fillName(caller, statements, contact, wish)))
                .map(BookAppointment::booked);
    }

    /**
     * After the booking: a transaction that has the contact and waits for a time could meet one that has the time and waits for the
     * contact.
     */
    private Uni<?> fillName(CallerContext caller, Statements statements, ContactView contact, Wish wish) {
        return contact.name() != null || wish.name() == null
                ? Uni.createFrom().voidItem()
                : contacts.fillName(caller, statements, wish.phone(), wish.name());
    }

    private Uni<CallAppointment> refuse(Statements statements, OffsetDateTime time, int minutes) {
        return SpokenTimes.speak(statements, time)
                .chain(spoken -> availability
                        .alternatives(statements, time, minutes, null)
                        .map(free -> SpokenTimes.notAvailable(spoken, free)))
                .chain(refusal -> Uni.createFrom().failure(refusal));
    }

    private static ToolResult booked(CallAppointment appointment) {
        return new ToolResult(
                "Booked: " + appointment.serviceType() + " " + AppointmentArgument.when(appointment) + ".",
                AppointmentArgument.data(appointment),
                appointment.contactId());
    }
}
