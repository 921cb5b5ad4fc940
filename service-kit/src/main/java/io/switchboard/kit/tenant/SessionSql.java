package io.switchboard.kit.tenant;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.hibernate.reactive.pool.impl.SqlClientConnection;

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

    /** The same connection and transaction, with rows that are read by the name of a column. Flush the session before. */
    public Statements statements() {
        return new Statements(client()::preparedQuery);
    }

    /**
     * Work within another organization, in this transaction, which has its own tenant again afterwards. Do not recover from a
     * failure: it ends the transaction.
     */
    public <T> Uni<T> within(CallerContext there, CallerContext own, Function<Statements, Uni<T>> work) {
        var back = Settings.array(own);
        return select(Settings.SQL, Settings.array(there))
                .chain(() -> work.apply(statements()))
                .call(() -> select(Settings.SQL, back));
    }

    /** The client's connection below the session's batches. */
    private SqlClientConnection client() {
        return (SqlClientConnection) connection.withBatchSize(1);
    }
}
