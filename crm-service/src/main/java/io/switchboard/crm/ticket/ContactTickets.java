package io.switchboard.crm.ticket;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The tickets of one contact that the caller sees, for what is shown of a person. An unknown contact has none. Newest first. */
@ApplicationScoped
public class ContactTickets {
    private static final String TICKETS =
            "select " + TicketView.COLUMNS + " from tickets where org_id = $1 and contact_id = $2";

    /** Of a message that a merge has moved, the ticket is the one that it was written to. */
    private static final String MESSAGES =
            "select id, written_to as ticket_id, sender_id, type::text, is_internal, content,"
                    + " nullif(metadata, '{}') as metadata, created_at, updated_at from ("
                    + "select m.*, t.id as written_to from tickets t join messages m on m.org_id = t.org_id and m.ticket_id = t.id"
                    + " where t.org_id = $1 and t.contact_id = $2 and m.merged_from_id is null"
                    + " union all select m.*, t.id from tickets t join messages m on m.org_id = t.org_id and m.merged_from_id = t.id"
                    + " where t.org_id = $1 and t.contact_id = $2) as said where true";

    private final TenantSql sql;

    ContactTickets(TenantSql sql) {
        this.sql = sql;
    }

    public Uni<PageOf<TicketView>> list(CallerContext caller, UUID contactId, Page page) {
        return sql.boundedPage(
                caller,
                query(caller.orgId(), contactId, page),
                TicketView::of,
                TicketView.LONG_TEXTS,
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    /** What was said on them. */
    public Uni<PageOf<MessageView>> listMessages(CallerContext caller, UUID contactId, Page page) {
        return sql.boundedPage(
                caller,
                new ListQuery(page, MESSAGES, caller.orgId(), contactId)
                        .newestFirst()
                        .sorted(),
                MessageView::of,
                MessageView.LONG_TEXTS,
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    /** The test of the plan calls it, too. */
    static ListQuery query(UUID orgId, UUID contactId, Page page) {
        return new ListQuery(page, TICKETS, orgId, contactId).newestFirst();
    }
}
