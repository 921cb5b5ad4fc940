package io.switchboard.crm.ticketmerge;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.ticket.TicketView;
import io.switchboard.crm.ticket.Tickets;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Merges in the database. */
@ApplicationScoped
class TicketMerges {
    private static final String MERGE = "select merge_tickets($1::uuid, $2::uuid)";

    private final Tickets tickets;

    TicketMerges(Tickets tickets) {
        this.tickets = tickets;
    }

    /** Inside a transaction of Hibernate's. Answers the ticket that has the messages. */
    Uni<TicketView> merge(UUID id, UUID duplicateId) {
        return SessionSql.current().chain(session -> session.select(MERGE, id, duplicateId)
                .map(rows -> (String) rows.next()[0])
                .chain(refusal -> refusal == null || refusal.equals("not_found")
                        ? show(session.statements(), id, refusal)
                        : Uni.createFrom().failure(problem(refusal))));
    }

    /** One that the caller sees as its customer alone, the caller may not merge. */
    private Uni<TicketView> show(Statements statements, UUID id, @Nullable String refusal) {
        var ticket = tickets.show(statements, id);
        return refusal == null ? ticket : ticket.onItem().failWith(Problem::forbidden);
    }

    private static Problem problem(String refusal) {
        return switch (refusal) {
            case "same" -> Problem.conflict("same_ticket", "A ticket does not merge into itself.");
            case "merged" -> Problem.conflict("ticket_merged", "The duplicate was merged before.");
            case "survivor_merged" ->
                Problem.conflict("ticket_merged", "The ticket was merged into another one: mergedIntoId names it.");
            case "other_customer" ->
                Problem.conflict("customers_differ", "One customer's messages are not another one's to read.");
            default -> Problem.invalid("duplicateId", "is no ticket that you may change");
        };
    }
}
