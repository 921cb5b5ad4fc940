package io.switchboard.crm.ticketclosing;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.schedule.StepwiseTask;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;

/** Closes the tickets that have been resolved for seven days: every minute, in every replica, each once. */
@Singleton
class TicketClosing implements StepwiseTask {
    @Override
    public String statement() {
        return "select close_resolved_tickets()";
    }

    @Override
    public Uni<Integer> follow(RowSet<Row> rows) {
        return Uni.createFrom().item(rows.iterator().next().getInteger(0));
    }
}
