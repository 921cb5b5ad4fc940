package io.switchboard.crm.ticket;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.Statements;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tickets of the caller's organization as live calls open and know them, in a transaction that is open. */
@ApplicationScoped
public class CallTickets {
    public static final int LONGEST_TITLE = TicketForm.LONGEST_TITLE;
    public static final int LONGEST_DESCRIPTION = TicketForm.LONGEST_TEXT;
    public static final int MOST = 10;

    private static final String COLUMNS = "id, number, title, status::text";
    private static final String OPEN = "insert into tickets (org_id, contact_id, title, description)"
            + " values (current_org_id(), $1, $2, $3) returning " + COLUMNS;
    private static final String FIND_OPEN =
            "select " + COLUMNS + " from tickets where org_id = current_org_id() and contact_id = $1"
                    + " and status in ('new', 'open', 'pending') order by created_at desc, id desc limit " + MOST;

    /** The default team takes it. @param contactId null for a ticket of an unknown person */
    public Uni<CallTicket> open(Statements statements, @Nullable UUID contactId, String title, String description) {
        return statements.first(OPEN, Tuple.of(contactId, title, description), CallTicket::of);
    }

    /** A contact's newest ones that are not settled yet. */
    public Uni<List<CallTicket>> findOpen(Statements statements, UUID contactId) {
        return statements.list(FIND_OPEN, Tuple.of(contactId), CallTicket::of);
    }
}
