package io.switchboard.crm.timeline;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.ticket.ContactTickets;
import io.switchboard.crm.ticket.TicketView;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.UUID;

/** A contact's tickets, as far as the caller sees them. */
@ApplicationScoped
class TicketItems implements TimelineSource {
    private final ContactTickets tickets;

    TicketItems(ContactTickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public String kind() {
        return "ticket";
    }

    @Override
    public String plural() {
        return "tickets";
    }

    @Override
    public Uni<PageOf<TimelineItem>> list(CallerContext caller, UUID contactId, Page page) {
        return tickets.list(caller, contactId, page)
                .map(found ->
                        new PageOf<>(found.items().stream().map(this::item).toList(), found.nextCursor()));
    }

    private TimelineItem item(TicketView ticket) {
        var data = new HashMap<String, Object>();
        data.put("number", ticket.number());
        data.put("description", ticket.description());
        data.put("status", ticket.status());
        data.put("priority", ticket.priority());
        data.put("assignedAgentId", ticket.assignedAgentId());
        data.put("assignedTeamId", ticket.assignedTeamId());
        data.put("resolvedAt", ticket.resolvedAt());
        data.put("closedAt", ticket.closedAt());
        data.put("mergedIntoId", ticket.mergedIntoId());
        return new TimelineItem(kind(), ticket.id(), ticket.createdAt(), ticket.title(), data);
    }
}
