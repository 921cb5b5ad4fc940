package io.switchboard.crm.ticket;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The tickets that the caller sees. */
@ApplicationScoped
public class Tickets implements PanacheRepositoryBase<Ticket, UUID> {
    private static final String SHOW = "select " + TicketView.COLUMNS + " from tickets where org_id = $1 and id = $2";

    /** Finds none that the caller sees but may not change. */
    private static final String LOCK = "select id from tickets where org_id = $1 and id = $2 for no key update";

    private final CallerContext caller;
    private final TenantSql sql;

    Tickets(CallerContext caller, TenantSql sql) {
        this.caller = caller;
        this.sql = sql;
    }

    Uni<PageOf<TicketView>> list(TicketFilter filter, Page page) {
        return sql.boundedPage(
                caller,
                TicketList.of(caller, filter, page),
                TicketView::of,
                TicketView.LONG_TEXTS,
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    /** Fails with {@code ticket_not_found}, also for one that the caller does not see: row security hides it. */
    public Uni<TicketView> show(UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), TicketView::of)
                .onItem()
                .ifNull()
                .failWith(() -> notFound(id));
    }

    /** The same in a transaction that is open. */
    public Uni<TicketView> show(Statements statements, UUID id) {
        return statements
                .first(SHOW, Tuple.of(caller.orgId(), id), TicketView::of)
                .onItem()
                .ifNull()
                .failWith(() -> notFound(id));
    }

    /** Fails with {@code invalid} for a contact that is not there, and for what customers may not set. */
    @TenantWork
    Uni<TicketView> open(TicketForm form) {
        return save(new Ticket(caller, form));
    }

    /** Fails with {@code ticket_not_found}, {@code forbidden}, {@code changed_meanwhile} or {@code ticket_status_illegal}. */
    @TenantWork
    Uni<TicketView> revise(UUID id, IfMatch ifMatch, MergePatch<TicketChangeForm> patch) {
        return lock(id).chain(() -> get(id))
                .invoke(ifMatch::check)
                .invoke(ticket -> ticket.revise(patch.on(ticket.form())))
                .chain(this::save);
    }

    private Uni<UUID> lock(UUID id) {
        return SessionSql.current().chain(session -> lock(session.statements(), id));
    }

    /**
     * So that no message changes it meanwhile. Fails with {@code ticket_not_found}, and {@code forbidden} for a ticket that the caller
     * sees as its customer alone.
     */
    public Uni<UUID> lock(Statements statements, UUID id) {
        return statements
                .first(LOCK, Tuple.of(caller.orgId(), id), row -> row.getUUID("id"))
                .onItem()
                .ifNull()
                .switchTo(() -> refuse(statements, id));
    }

    private Uni<UUID> refuse(Statements statements, UUID id) {
        return show(statements, id).onItem().failWith(Problem::forbidden).map(TicketView::id);
    }

    /** Inside {@code TenantWork}. Fails with {@code ticket_not_found}. */
    Uni<Ticket> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> notFound(id));
    }

    /** Writes a new or changed one, and reads back what the database sets. */
    Uni<TicketView> save(Ticket ticket) {
        return persistAndFlush(ticket)
                .chain(SessionSql::current)
                .chain(session -> show(session.statements(), ticket.id()));
    }

    private static Problem notFound(UUID id) {
        return Problem.notFound("ticket", id);
    }
}
