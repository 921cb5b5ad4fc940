package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.contact.CallContacts;
import io.switchboard.crm.contact.ContactView;
import io.switchboard.crm.ticket.CallTicket;
import io.switchboard.crm.ticket.CallTickets;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens a ticket for the desk; without a number, or with a withheld one, it is of no contact. */
@ApplicationScoped
class OpenTicket implements Tool {
    private final CallContacts contacts;
    private final CallTickets tickets;

    OpenTicket(CallContacts contacts, CallTickets tickets) {
        this.contacts = contacts;
        this.tickets = tickets;
    }

    @Override
    public String name() {
        return "open_ticket";
    }

    private record Matter(
            String title, String description, @Nullable String name) {}

    @Override
    public Uni<Work> prepare(CallerContext caller, ToolArguments arguments) {
        var phone = arguments.text("phone", 255);
        var matter = new Matter(
                arguments.text("title", CallTickets.LONGEST_TITLE, "I need a short title for the ticket."),
                arguments.text(
                        "description", CallTickets.LONGEST_DESCRIPTION, "I need to know what the ticket is about."),
                arguments.text("name", 200));
        return phone == null || PhoneNumbers.isWithheld(phone)
                ? Tool.ready(statements -> open(statements, null, matter))
                : contacts.read(caller, phone).map(number -> statements -> open(caller, statements, number, matter));
    }

    private Uni<ToolResult> open(
            CallerContext caller, Statements statements, CallContacts.Number number, Matter matter) {
        return contacts.findOrAdd(caller, statements, number, matter.name())
                .chain(contact -> open(statements, contact.id(), matter)
                        .call(() -> fillName(caller, statements, contact, number, matter)));
    }

    private Uni<ToolResult> open(Statements statements, @Nullable UUID contactId, Matter matter) {
        return tickets.open(statements, contactId, matter.title(), matter.description())
                .map(ticket -> new ToolResult(
                        "Opened ticket number " + ticket.number() + ": " + ticket.title() + ".",
                        opened(ticket, contactId),
                        contactId));
    }

    /** After the ticket, as a booking does it. */
    private Uni<?> fillName(
            CallerContext caller,
            Statements statements,
            ContactView contact,
            CallContacts.Number number,
            Matter matter) {
        return contact.name() != null || matter.name() == null
                ? Uni.createFrom().voidItem()
                : contacts.fillName(caller, statements, number, matter.name());
    }

    private static Map<String, Object> opened(CallTicket ticket, @Nullable UUID contactId) {
        var data = new LinkedHashMap<>(data(ticket));
        data.put("contactId", contactId);
        return data;
    }

    /** What tools tell of a ticket. */
    static Map<String, Object> data(CallTicket ticket) {
        var data = new LinkedHashMap<String, Object>();
        data.put("ticketId", ticket.id());
        data.put("number", ticket.number());
        data.put("title", ticket.title());
        data.put("status", ticket.status());
        return data;
    }
}
