package io.switchboard.crm.ticket;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The messages on tickets that the caller can read. What one does to its ticket, the database knows: {@code follow_message}. */
@ApplicationScoped
public class Messages {
    private static final String ADD =
            "insert into messages (org_id, id, ticket_id, sender_id, type, is_internal, content)"
                    + " select t.org_id, $3::uuid, t.id, $4::uuid, $5::text::message_type, $6::boolean, $7::text"
                    + " from tickets t where t.org_id = $1 and t.id = $2 returning " + MessageView.COLUMNS;
    private static final String LIST =
            "select " + MessageView.COLUMNS + " from messages where org_id = $1 and ticket_id = $2";

    private final CallerContext caller;
    private final TenantSql sql;
    private final Tickets tickets;

    Messages(CallerContext caller, TenantSql sql, Tickets tickets) {
        this.caller = caller;
        this.sql = sql;
        this.tickets = tickets;
    }

    /** Fails with {@code ticket_not_found} or {@code ticket_closed}, and {@code invalid} for a customer's internal one. */
    @TenantWork
    public Uni<MessageView> send(UUID ticket, MessageForm form) {
        return SessionSql.current().chain(session -> send(session.statements(), ticket, form));
    }

    /** The same in a transaction that is open. */
    public Uni<MessageView> send(Statements statements, UUID ticket, MessageForm form) {
        var type = isCustomer() ? MessageType.CUSTOMER : MessageType.AGENT;
        if (isCustomer() && form.internal()) {
            throw Problem.invalid("internal", "is not for customers to set");
        }
        var args = Tuple.of(caller.orgId(), ticket, UuidV7.next(), caller.userId(), type.wire())
                .addValue(form.internal())
                .addValue(form.content());
        return statements
                .first(ADD, args, MessageView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("ticket", ticket));
    }

    /** Oldest first. Fails with {@code ticket_not_found}. */
    Uni<PageOf<MessageView>> list(UUID ticket, Page page) {
        return sql.boundedPage(
                        caller,
                        query(caller, ticket, page),
                        MessageView::of,
                        MessageView.LONG_TEXTS,
                        last -> Cursor.at(last.createdAt(), last.id()))
                .call(found -> found.items().isEmpty()
                        ? tickets.show(ticket)
                        : Uni.createFrom().voidItem());
    }

    /** The test of the plan calls it, too. The public ones, which customers read, have an index of their own. */
    static ListQuery query(CallerContext caller, UUID ticket, Page page) {
        var list = new ListQuery(page, LIST, caller.orgId(), ticket);
        if (caller.role().equals("customer")) {
            list.and("not is_internal");
        }
        var after = page.after();
        return (after == null ? list : list.and("(created_at, id) > (?, ?)", after.time(), after.id()))
                .ordered("created_at, id");
    }

    private boolean isCustomer() {
        return caller.role().equals("customer");
    }
}
