package io.switchboard.crm.tool;

import static java.util.stream.Collectors.joining;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.appointment.CallAppointment;
import io.switchboard.crm.appointment.CallAppointments;
import io.switchboard.crm.contact.CallContacts;
import io.switchboard.crm.contact.ContactView;
import io.switchboard.crm.ticket.CallTicket;
import io.switchboard.crm.ticket.CallTickets;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what is known of the contact with a number. */
@ApplicationScoped
class LookupContact implements Tool {
    private static final int MOST_SAID = 3;

    private final CallContacts contacts;
    private final CallAppointments appointments;
    private final CallTickets tickets;
    private final LastCalls calls;

    LookupContact(CallContacts contacts, CallAppointments appointments, CallTickets tickets, LastCalls calls) {
        this.contacts = contacts;
        this.appointments = appointments;
        this.tickets = tickets;
        this.calls = calls;
    }

    @Override
    public String name() {
        return "lookup_contact";
    }

    @Override
    public Uni<Work> prepare(CallerContext caller, ToolArguments arguments) {
        var phone = CallerNumber.of(arguments);
        var callId = arguments.id("callId");
        return contacts.read(caller, phone)
                .chain(number -> contacts.find(caller, number))
                .chain(contact -> contact == null
                        ? Tool.ready(statements -> Uni.createFrom().item(unknown()))
                        : calls.find(caller, contact.id(), callId)
                                .map(last -> statements -> show(statements, contact, last)));
    }

    /** @param spoken when the last call was; null without one */
    private record KnownContact(
            ContactView contact,
            @Nullable CallAppointment next,
            List<CallTicket> tickets,
            LastCalls.@Nullable LastCall last,
            @Nullable String spoken) {}

    private Uni<ToolResult> show(Statements statements, ContactView contact, LastCalls.@Nullable LastCall last) {
        return appointments
                .next(statements, contact.id())
                .chain(next -> tickets.findOpen(statements, contact.id())
                        .chain(open -> last == null
                                ? Uni.createFrom().item(new KnownContact(contact, next, open, null, null))
                                : SpokenTimes.speak(statements, last.at())
                                        .map(spoken -> new KnownContact(contact, next, open, last, spoken))))
                .map(LookupContact::found);
    }

    private static ToolResult unknown() {
        var data = new LinkedHashMap<String, Object>();
        data.put("found", false);
        return new ToolResult("This number is not known yet.", told(data, null, null, List.of(), null), null);
    }

    private static ToolResult found(KnownContact known) {
        var contact = known.contact();
        var data = new LinkedHashMap<String, Object>();
        data.put("found", true);
        data.put("contactId", contact.id());
        return new ToolResult(
                line(known),
                told(data, contact.name(), known.next(), known.tickets(), told(known.last(), known.spoken())),
                contact.id());
    }

    private static String line(KnownContact known) {
        var name = known.contact().name();
        var next = known.next();
        var coming = next == null
                ? "No appointment is coming up."
                : "Next appointment: " + next.serviceType() + " " + AppointmentArgument.when(next) + ".";
        return (name == null ? "A contact without a name" : name) + ". " + coming + said(known.tickets())
                + (known.spoken() == null ? "" : " Last call: " + known.spoken() + ".");
    }

    /** Such as: Open tickets: number 12, The app does not start; number 9, Wrong bill. */
    private static String said(List<CallTicket> tickets) {
        return tickets.isEmpty()
                ? ""
                : tickets.stream()
                        .limit(MOST_SAID)
                        .map(ticket -> "number " + ticket.number() + ", " + ticket.title())
                        .collect(joining("; ", tickets.size() == 1 ? " Open ticket: " : " Open tickets: ", "."));
    }

    private static Map<String, Object> told(
            Map<String, Object> data,
            @Nullable String name,
            @Nullable CallAppointment next,
            List<CallTicket> tickets,
            @Nullable Map<String, Object> last) {
        data.put("name", name);
        data.put("openTickets", tickets.stream().map(OpenTicket::data).toList());
        data.put("nextAppointment", next == null ? null : AppointmentArgument.data(next));
        data.put("lastCall", last);
        return data;
    }

    private static @Nullable Map<String, Object> told(LastCalls.@Nullable LastCall call, @Nullable String spoken) {
        if (call == null) {
            return null;
        }
        var data = new LinkedHashMap<String, Object>();
        data.put("at", call.at());
        data.put("direction", call.direction());
        data.put("summary", call.summary());
        data.put("spoken", spoken);
        return data;
    }
}
