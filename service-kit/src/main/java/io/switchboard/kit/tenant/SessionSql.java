package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.pool.ReactiveConnection;

/** Plain SQL on the connection of the Hibernate session that is open, in its transaction. */
public final class SessionSql {
    private final ReactiveConnection connection;

    SessionSql(ReactiveConnection connection) {
        this.connection = connection;
    }

    public Uni<ReactiveConnection.Result> select(String sql, Object... args) {
        return Uni.createFrom().completionStage(() -> connection.select(sql, args));
    }

    /** The number of rows that the statement changed. */
    public Uni<Integer> update(String sql, Object... args) {
        return Uni.createFrom().completionStage(() -> connection.update(sql, args));
    }
}
