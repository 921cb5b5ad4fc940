package io.switchboard.crm.sla;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.schedule.StepwiseTask;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;

/** Stamps the clocks of tickets that have run out, and notifies of them: every minute, in every replica, each once. */
@Singleton
class SlaBreaches implements StepwiseTask {
    @Override
    public String statement() {
        return "select stamp_sla_breaches()";
    }

    @Override
    public Uni<Integer> follow(RowSet<Row> rows) {
        return Uni.createFrom().item(rows.iterator().next().getInteger(0));
    }
}
