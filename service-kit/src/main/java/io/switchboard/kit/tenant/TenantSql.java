package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * SQL on the PostgreSQL client, always inside a transaction that names its tenant first. Work that takes too long fails with
 * {@code unavailable}, and may still take effect.
 */
@ApplicationScoped
public class TenantSql {
    private static final int FEWEST_LETTERS = 3;
    private static final String QUERY_CANCELED = "57014";
    private static final Problem TOO_BROAD = Problem.of(
            422,
            "search_too_broad",
            "This search finds too much to be done in time. Search for three letters or more.");

    private final Pool pool;
    private final Admission admission;
    private final Event<Committed> commits;
    private final int pageBytes;
    private final Use use;

    /** For whom statements run. */
    private enum Use {
        CALLERS,
        SHORT_SEARCHES,
        WORKERS
    }

    @Inject
    TenantSql(
            Pool pool,
            Admission admission,
            Event<Committed> commits,
            @ConfigProperty(name = "switchboard.page-bytes", defaultValue = "1048576") int pageBytes) {
        this(pool, admission, commits, pageBytes, Use.CALLERS);
    }

    private TenantSql(Pool pool, Admission admission, Event<Committed> commits, int pageBytes, Use use) {
        this.pool = pool;
        this.admission = admission;
        this.commits = commits;
        this.pageBytes = pageBytes;
        this.use = use;
    }

    /** The same for work that no caller waits for: it has as long as its statements may take, and its own share of the pool. */
    public TenantSql forWorkers() {
        return new TenantSql(pool, admission, commits, pageBytes, Use.WORKERS);
    }

    /**
     * The same for words that an index may not help to find, as it takes three letters: each statement has a second. Fails with
     * {@code search_too_broad}.
     */
    public TenantSql forSearch(String words) {
        return words.codePointCount(0, words.length()) >= FEWEST_LETTERS
                ? this
                : new TenantSql(pool, admission, commits, pageBytes, Use.SHORT_SEARCHES);
    }

    /**
     * One statement in a transaction of its own, in one round trip: BEGIN, the settings, the statement and COMMIT go out
     * together, and the answer waits for all four. Also for writes: PostgreSQL answers COMMIT with a rollback only after
     * an error of one of the others, and each of the four errors fails the result. A statement that begins with select is a
     * read: one that writes fails in tests, see {@link #call}.
     */
    public Uni<RowSet<Row>> execute(CallerContext caller, String sql, Tuple args) {
        return execute(caller, sql, args, rows -> rows);
    }

    private <T> Uni<T> execute(CallerContext caller, String sql, Tuple args, Function<RowSet<Row>, T> shape) {
        return execute(caller, isRead(sql) ? forRead(caller) : Settings.of(caller), sql, args, shape);
    }

    /** Rows get their shape before they become the Uni's item: each step of a Uni takes the request's context along. */
    private <T> Uni<T> execute(
            CallerContext caller, Settings settings, String sql, Tuple args, Function<RowSet<Row>, T> shape) {
        return admission.run(caller.orgId(), callerWaits(), () -> pool.getConnection()
                .compose(connection -> pipelined(connection, settings, sql, args))
                .map(rows -> {
                    if (!isRead(sql)) {
                        commits.fire(new Committed());
                    }
                    return shape.apply(rows);
                }));
    }

    /** @param sql the list's statement, or one around it */
    private <T> Uni<T> execute(CallerContext caller, ListQuery list, String sql, Function<RowSet<Row>, T> shape) {
        return list.isInOrder() && use != Use.SHORT_SEARCHES
                ? execute(caller, Settings.forReadInOrder(caller), sql, list.args(), shape)
                : execute(caller, sql, list.args(), shape);
    }

    /** {@link #execute} for a select whose function writes: wakes what waits for rows, which a read does not. */
    public Uni<RowSet<Row>> call(CallerContext caller, String sql, Tuple args) {
        return call(caller, sql, args, rows -> rows);
    }

    /** The first row's shape of {@link #call}. */
    public <T> Uni<T> callFirst(CallerContext caller, String sql, Tuple args, Function<Row, T> shape) {
        return call(caller, sql, args, rows -> Statements.firstOf(rows, shape));
    }

    private <T> Uni<T> call(CallerContext caller, String sql, Tuple args, Function<RowSet<Row>, T> shape) {
        return execute(caller, Settings.of(caller), sql, args, shape).invoke(() -> commits.fire(new Committed()));
    }

    public <T> Uni<List<T>> list(CallerContext caller, String sql, Tuple args, Function<Row, T> shape) {
        return execute(caller, sql, args, rows -> Statements.shaped(rows, shape));
    }

    /** The first row's shape; null without a row. */
    public <T> Uni<T> first(CallerContext caller, String sql, Tuple args, Function<Row, T> shape) {
        return execute(caller, sql, args, rows -> Statements.firstOf(rows, shape));
    }

    /**
     * A list's rows as far as they fit into an answer.
     *
     * @param longTexts the columns of the list, or expressions on them, that may have more than a few hundred bytes
     */
    public <T> Uni<BoundedRows<T>> bounded(
            CallerContext caller, ListQuery list, Function<Row, T> shape, List<String> longTexts) {
        return execute(
                caller,
                list,
                BoundedRows.statement(list.text(), pageBytes, longTexts),
                rows -> BoundedRows.of(rows, shape));
    }

    /** The same of a statement that ends with an order and a limit. */
    public <T> Uni<BoundedRows<T>> bounded(
            CallerContext caller, String sql, Tuple args, Function<Row, T> shape, List<String> longTexts) {
        return execute(
                caller, BoundedRows.statement(sql, pageBytes, longTexts), args, rows -> BoundedRows.of(rows, shape));
    }

    /** @param cursor where the page after an item begins */
    public <T> Uni<PageOf<T>> page(
            CallerContext caller, ListQuery list, Function<Row, T> shape, Function<T, Cursor> cursor) {
        return execute(
                caller, list, list.text(), rows -> PageOf.of(Statements.shaped(rows, shape), list.page(), cursor));
    }

    /** A page of rows as far as they fit into an answer, see {@link #bounded}. */
    public <T> Uni<PageOf<T>> boundedPage(
            CallerContext caller,
            ListQuery list,
            Function<Row, T> shape,
            List<String> longTexts,
            Function<T, Cursor> cursor) {
        return bounded(caller, list, shape, longTexts).map(rows -> rows.page(list.page(), cursor));
    }

    /** Several statements that stand or fall together. */
    public <T> Uni<T> transaction(CallerContext caller, Function<Statements, Uni<T>> work) {
        var settings = Settings.of(caller);
        return admission.run(caller.orgId(), callerWaits(), () -> pool.getConnection()
                .compose(connection -> worked(connection, settings, work))
                .onSuccess(result -> commits.fire(new Committed())));
    }

    /** A listed SECURITY DEFINER function, the only work that crosses tenants; no tenant is named, so tables show no rows. */
    public Uni<RowSet<Row>> crossTenant(String sql, Tuple args) {
        return admission.run(
                callerWaits() ? CrossTenant.CALLERS : CrossTenant.WORKERS, callerWaits(), () -> pool.getConnection()
                        .compose(connection ->
                                connection.preparedQuery(sql).execute(args).eventually(() -> connection.close())));
    }

    private boolean callerWaits() {
        return use != Use.WORKERS;
    }

    private static boolean isCanceled(Throwable failure) {
        return failure instanceof PgException refusal && QUERY_CANCELED.equals(refusal.getSqlState());
    }

    private Settings forRead(CallerContext caller) {
        return use == Use.SHORT_SEARCHES ? Settings.forShortRead(caller) : Settings.forRead(caller);
    }

    private static boolean isRead(String sql) {
        return sql.startsWith("select");
    }

    private static <T> Future<T> worked(
            SqlConnection connection, Settings settings, Function<Statements, Uni<T>> work) {
        return begun(connection, settings)
                .compose(named -> future(work.apply(new Statements(connection))))
                .compose(
                        result -> connection.query("commit").execute().map(result),
                        failure ->
                                connection.query("rollback").execute().transform(any -> Future.failedFuture(failure)))
                .eventually(() -> connection.close());
    }

    private Future<RowSet<Row>> pipelined(SqlConnection connection, Settings settings, String sql, Tuple args) {
        var begin = connection.query(settings.begin()).execute();
        var named = connection.preparedQuery(settings.sql()).execute(settings.args());
        var statement = connection.preparedQuery(sql).execute(args);
        var commit = connection.query("commit").execute();
        // Answers come in the order of what was asked, so the connection goes back only when each has come.
        return commit.transform(
                        last -> begin.succeeded() && named.succeeded() && statement.succeeded() && last.succeeded()
                                ? statement
                                : failed(List.of(begin, named, statement, commit)))
                .eventually(() -> connection.close());
    }

    private static Future<?> begun(SqlConnection connection, Settings settings) {
        return Future.join(
                connection.query(settings.begin()).execute(),
                connection.preparedQuery(settings.sql()).execute(settings.args()));
    }

    private Future<RowSet<Row>> failed(List<Future<RowSet<Row>>> inOrder) {
        var first = inOrder.stream()
                .filter(Future::failed)
                .findFirst()
                .orElseThrow()
                .cause();
        return Future.failedFuture(use == Use.SHORT_SEARCHES && isCanceled(first) ? TOO_BROAD : first);
    }

    private static <T> Future<T> future(Uni<T> work) {
        return Future.fromCompletionStage(work.subscribeAsCompletionStage());
    }
}
