package io.switchboard.kit.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** A recurring task for all tenants that needs more than one function call a step; see {@link CleanUps} for the others. */
public interface StepwiseTask {

    /** The first statement of a step: calls a listed SECURITY DEFINER function that leases a bounded number of rows. */
    String statement();

    /** Completes the step and answers how many rows it handled. Steps repeat until it is 0. */
    Uni<Integer> follow(RowSet<Row> rows);
}
