package io.switchboard.crm.assignment;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.staff.Staff;
import io.switchboard.crm.ticket.TicketView;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Assigns tickets. A function of the database does it: row security refuses an update after which the caller no longer sees the row. */
@ApplicationScoped
public class Assignments {
    private static final String ASSIGN = "select " + TicketView.COLUMNS + " from assign_ticket($1, $2, $3)";
    private static final String ASSIGN_IN_TURN = "select " + TicketView.COLUMNS + " from assign_ticket_in_turn($1, $2)";

    private final CallerContext caller;
    private final Staff staff;

    Assignments(CallerContext caller, Staff staff) {
        this.caller = caller;
        this.staff = staff;
    }

    /** Makes the agent known here. Never inside a transaction. Fails with {@code invalid}, also for an unknown agent, or {@code unavailable}. */
    public Uni<Void> prepare(AssignmentForm form) {
        form.check();
        return form.agentId() == null
                ? Uni.createFrom().voidItem()
                : staff.fetch(caller, "agentId", List.of(form.agentId()));
    }

    @TenantWork
    Uni<TicketView> assign(UUID ticket, AssignmentForm form) {
        return SessionSql.current().chain(session -> assign(session.statements(), ticket, form));
    }

    /**
     * In a transaction that is open, after {@link #prepare}. Answers the ticket, whether or not the caller still sees it. Fails with
     * {@code ticket_not_found}, or {@code invalid} for a team that is not there and an agent who is no active admin or agent.
     */
    public Uni<TicketView> assign(Statements statements, UUID ticket, AssignmentForm form) {
        var agent = form.agentId() == null
                ? Uni.createFrom().voidItem()
                : staff.checkKnown(caller, statements, "agentId", form.agentId());
        return agent.chain(() -> run(statements, ticket, form))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("ticket", ticket));
    }

    private static Uni<TicketView> run(Statements statements, UUID ticket, AssignmentForm form) {
        return form.strategy() == AssignmentStrategy.ROUND_ROBIN
                ? statements.first(ASSIGN_IN_TURN, Tuple.of(ticket, form.teamId()), TicketView::of)
                : statements.first(ASSIGN, Tuple.of(ticket, form.agentId(), form.teamId()), TicketView::of);
    }
}
