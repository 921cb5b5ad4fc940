package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** Something to be done every minute for all tenants; every replica does it, so it does no harm twice. */
public interface Chore {

    /** Calls a listed SECURITY DEFINER function, whose work is bounded: what is left over waits for the next minute. */
    String statement();

    /** What is left to do with what the function claimed; for most chores nothing. */
    default Uni<Void> follow(RowSet<Row> claimed) {
        return Uni.createFrom().voidItem();
    }
}
