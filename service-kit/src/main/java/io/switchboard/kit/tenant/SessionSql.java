package io.switchboard.kit.tenant;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;

/** Plain SQL on the connection of the Hibernate session that is open, in its transaction. */
public final class SessionSql {
    private final ReactiveConnection connection;

    private SessionSql(ReactiveConnection connection) {
        this.connection = connection;
    }

    /** Inside {@link TenantWork} only. Not by createNativeQuery: its plan cache grows by an entry a call. */
    public static Uni<SessionSql> current() {
        return Panache.getSession()
                .map(session -> new SessionSql(((MutinySessionImpl) session).getReactiveConnection()));
    }

    public Uni<ReactiveConnection.Result> select(String sql, Object... args) {
        return Uni.createFrom().completionStage(() -> connection.select(sql, args));
    }

    /** The number of rows that the statement changed. */
    public Uni<Integer> update(String sql, Object... args) {
        return Uni.createFrom().completionStage(() -> connection.update(sql, args));
    }
}
