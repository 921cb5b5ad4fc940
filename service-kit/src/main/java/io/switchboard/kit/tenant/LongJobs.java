package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Listed SECURITY DEFINER functions that take longer than the role's time-out allows. Each runs in a transaction of its own with
 * its own time-out, on a small share of the pool that workers don't need.
 */
@ApplicationScoped
public class LongJobs {
    private static final Duration MARGIN = Duration.ofSeconds(1); // the server's time-out comes first
    private static final String LOCK = "select try_lock_job($1) as free";

    private final Pool pool;
    private final Admission admission;

    LongJobs(Pool pool, Admission admission) {
        this.pool = pool;
        this.admission = admission;
    }

    /** Fails when the statement takes longer than the time-out. */
    public Uni<RowSet<Row>> run(String sql, Tuple args, Duration timeout) {
        return inTransaction(connection -> connection.preparedQuery(sql).execute(args), timeout);
    }

    /** The same in one replica at a time. Answers null if another one runs a job of the name. */
    public Uni<@Nullable RowSet<Row>> runOnce(String name, String sql, Tuple args, Duration timeout) {
        return runOnce(name, statements -> statements.run(sql, args), timeout);
    }

    /** The same for several statements that stand or fall together, each with the time-out. */
    public <T> Uni<@Nullable T> runOnce(String name, Function<Statements, Uni<T>> work, Duration timeout) {
        return inTransaction(
                connection -> connection
                        .preparedQuery(LOCK)
                        .execute(Tuple.of(name))
                        .compose(lock -> lock.iterator().next().getBoolean("free")
                                ? Future.fromCompletionStage(
                                        work.apply(new Statements(connection)).subscribeAsCompletionStage())
                                : Future.succeededFuture()),
                timeout);
    }

    private interface Job<T> {
        Future<@Nullable T> run(SqlConnection connection);
    }

    private <T> Uni<@Nullable T> inTransaction(Job<T> job, Duration timeout) {
        return admission.run(CrossTenant.LONG_JOBS, false, () -> pool.getConnection()
                .compose(connection -> begin(connection, timeout)
                        .compose(begun -> job.run(connection))
                        .compose(rows -> connection.query("commit").execute().map(rows), failure -> connection
                                .query("rollback")
                                .execute()
                                .transform(any -> Future.failedFuture(failure)))
                        .eventually(() -> end(connection))));
    }

    private static Future<?> begin(SqlConnection connection, Duration timeout) {
        RoundTripDeadline.allow(connection, timeout.plus(MARGIN));
        return Future.join(
                connection.query("begin").execute(),
                connection
                        .preparedQuery("select set_config('statement_timeout', $1, true)")
                        .execute(Tuple.of(String.valueOf(timeout.toMillis()))));
    }

    private static Future<Void> end(SqlConnection connection) {
        RoundTripDeadline.allow(connection, Duration.ZERO);
        return connection.close();
    }
}
