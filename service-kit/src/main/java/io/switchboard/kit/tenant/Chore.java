package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/**
 * Recurring work for all tenants, such as removing expired rows. It is done in small steps, each a transaction of its own. Every
 * replica does it, so it must do no harm twice.
 */
public interface Chore {

    /** One step: calls a listed SECURITY DEFINER function that handles at most 1,000 rows, found by an index. */
    String statement();

    /** Completes the step with how many rows it handled: the function's answer. Steps repeat until it is 0. */
    default Uni<Integer> follow(RowSet<Row> rows) {
        return Uni.createFrom().item(rows.iterator().next().getInteger(0));
    }
}
