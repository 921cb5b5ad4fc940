package io.switchboard.crm.personaldata;

import static java.util.stream.Collectors.groupingBy;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.personaldata.PersonalDataView.Ticket;
import io.switchboard.crm.ticket.ContactTickets;
import io.switchboard.crm.ticket.MessageView;
import io.switchboard.crm.ticket.TicketView;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a person's tickets and what was said on them, internal messages too, as far as they fit into an answer. */
@ApplicationScoped
class TicketExport {
    private static final int MOST_PAGES = 5; // of 200 rows and one MiB each at most

    private final ContactTickets tickets;

    TicketExport(ContactTickets tickets) {
        this.tickets = tickets;
    }

    /** @param cut the names of the lists that have more */
    record Found(List<Ticket> tickets, List<String> cut) {}

    Uni<Found> of(CallerContext caller, UUID contactId) {
        var opened = new Listing<TicketView>(
                "tickets",
                page -> tickets.list(caller, contactId, page),
                last -> Cursor.at(last.createdAt(), last.id()));
        var said = new Listing<MessageView>(
                "messages",
                page -> tickets.listMessages(caller, contactId, page),
                last -> Cursor.at(last.createdAt(), last.id()));
        return opened.read().chain(() -> said.read()).map(done -> found(opened, said));
    }

    private static Found found(Listing<TicketView> opened, Listing<MessageView> said) {
        var ofTicket = said.rows.stream().collect(groupingBy(MessageView::ticketId));
        return new Found(
                opened.rows.stream()
                        .map(ticket -> Ticket.of(ticket, ofTicket.getOrDefault(ticket.id(), List.of())))
                        .toList(),
                Stream.of(opened, said)
                        .filter(list -> list.isCut)
                        .map(list -> list.name)
                        .toList());
    }

    /** A list, read page by page. */
    private static final class Listing<T> {
        private final String name;
        private final Function<Page, Uni<PageOf<T>>> list;
        private final Function<T, Cursor> cursor;
        private final List<T> rows = new ArrayList<>();
        private boolean isCut;
        private int pages;

        private Listing(String name, Function<Page, Uni<PageOf<T>>> list, Function<T, Cursor> cursor) {
            this.name = name;
            this.list = list;
            this.cursor = cursor;
        }

        private Uni<Void> read() {
            return readAfter(null);
        }

        private Uni<Void> readAfter(@Nullable Cursor after) {
            return list.apply(Page.of(200, after)).chain(this::add);
        }

        private Uni<Void> add(PageOf<T> page) {
            pages++;
            rows.addAll(page.items());
            isCut = page.nextCursor() != null;
            return isCut && pages < MOST_PAGES
                    ? readAfter(cursor.apply(rows.get(rows.size() - 1)))
                    : Uni.createFrom().voidItem();
        }
    }
}
