package io.switchboard.crm.reminder;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.schedule.StepwiseTask;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;

/** Sends the reminders that are due: every minute, in every replica, none twice. */
@Singleton
class AppointmentReminders implements StepwiseTask {
    @Override
    public String statement() {
        return "select remind_of_appointments()";
    }

    @Override
    public Uni<Integer> follow(RowSet<Row> rows) {
        return Uni.createFrom().item(rows.iterator().next().getInteger(0));
    }
}
