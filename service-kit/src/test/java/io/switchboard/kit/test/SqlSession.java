package io.switchboard.kit.test;

import static java.util.stream.Collectors.joining;

import io.switchboard.kit.tenant.ListQuery;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One connection of {@link Sql}. Statements commit themselves unless it has a caller or {@link #begin} was called. */
public final class SqlSession implements AutoCloseable {
    public static final String EXPLAIN_BLOCKS = "explain (analyze, buffers, costs off, timing off) ";

    /** The first line of a plan that tells of them is the whole statement's. */
    private static final Pattern BLOCKS = Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");

    private final Connection connection;

    private SqlSession(Connection connection) {
        this.connection = connection;
    }

    static SqlSession open(String url, String role, List<String> settings, boolean transaction) {
        return of(() -> {
            var session =
                    new SqlSession(TestDatabase.connect(url + "?user=" + role + "&password=" + TestDatabase.PASSWORD));
            session.connection.setAutoCommit(!transaction);
            session.run(settings.toArray(String[]::new));
            return session;
        });
    }

    /** For statements with parameters. */
    public Connection jdbc() {
        return connection;
    }

    /** What follows is one transaction, until it is committed or rolled back. */
    public void begin() {
        of(() -> {
            connection.setAutoCommit(false);
            return null;
        });
    }

    public void commit() {
        of(() -> {
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return null;
        });
    }

    public void rollback() {
        of(() -> {
            connection.rollback();
            return null;
        });
    }

    /** The first column of the first statement that has rows. */
    public List<String> column(String sql) {
        return rows(sql, rows -> rows.getString(1));
    }

    /** The first column of the only row. */
    public String value(String sql) {
        return only(sql, column(sql));
    }

    public long number(String sql) {
        return Long.parseLong(value(sql));
    }

    /** The only row by column name. */
    public Map<String, String> row(String sql) {
        return only(sql, rows(sql, SqlSession::named));
    }

    /** @return how many rows were changed by the last of them */
    public int run(String... statements) {
        return of(() -> {
            try (var statement = connection.createStatement()) {
                for (var sql : statements) {
                    statement.execute(sql);
                }
                return Math.max(0, statement.getUpdateCount());
            }
        });
    }

    /** The notices and log lines that PostgreSQL sends with a statement, as with auto_explain. */
    public String messages(String sql) {
        return of(() -> {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
                var lines = new ArrayList<String>();
                for (var line = statement.getWarnings(); line != null; line = line.getNextWarning()) {
                    lines.add(line.getMessage());
                }
                return String.join("\n", lines);
            }
        });
    }

    /**
     * How PostgreSQL goes about a statement.
     *
     * @param mode of the plan cache: {@code force_custom_plan} for these arguments, {@code force_generic_plan} for any
     */
    public List<String> explain(String mode, String sql, Tuple args) {
        return explain(mode, "costs off", sql, args);
    }

    /** The same after PostgreSQL has done it, as JSON with the rows that each step read. */
    public String analyze(String mode, String sql, Tuple args) {
        return String.join("\n", explain(mode, "analyze, costs off, timing off, summary off, format json", sql, args));
    }

    /** How many blocks a statement reads, those of its triggers and functions included. */
    public int blocks(String statement) {
        return blocks(column(EXPLAIN_BLOCKS + statement));
    }

    /** The same of what {@link #EXPLAIN_BLOCKS} and the statement have answered. */
    public static int blocks(List<String> plan) {
        var text = String.join("\n", plan);
        var found = BLOCKS.matcher(text);
        if (!found.find()) {
            throw new AssertionError(text);
        }
        return Stream.of(found.group(1), found.group(2))
                .mapToInt(count -> count == null ? 0 : Integer.parseInt(count))
                .sum();
    }

    /** {@link #analyze} for a list as {@code TenantSql} runs it: in the transaction of a caller. */
    public String analyze(String mode, ListQuery list) {
        return settled(list, () -> analyze(mode, list.text(), list.args()));
    }

    /** {@link #explain} for a list as {@code TenantSql} runs it. Refuses one that is sorted though it is to be in order. */
    public List<String> explain(String mode, ListQuery list) {
        var plan = settled(list, () -> explain(mode, list.text(), list.args()));
        var isSorted = plan.stream().anyMatch(line -> line.matches("(.*-> +)?(Incremental )?Sort\\b.*"));
        var isEmpty = plan.stream().anyMatch(line -> line.endsWith("One-Time Filter: false"));
        if (list.isInOrder() && !list.isMerged() && isSorted && !isEmpty) {
            throw new AssertionError(mode + "\n" + list.text() + "\n" + String.join("\n", plan));
        }
        return plan;
    }

    private <T> T settled(ListQuery list, Supplier<T> work) {
        if (!list.isInOrder()) {
            return work.get();
        }
        column("select " + ListQuery.IN_ORDER);
        var result = work.get();
        run("reset enable_sort", "reset jit");
        return result;
    }

    private List<String> explain(String mode, String options, String sql, Tuple args) {
        var values = IntStream.range(0, args.size())
                .mapToObj(args::getValue)
                .map(value -> value == null ? "null" : "'" + value + "'")
                .collect(joining(", "));
        run("set plan_cache_mode = " + mode, "prepare explained as " + sql);
        var plan = column("explain (" + options + ") execute explained" + (values.isEmpty() ? "" : "(" + values + ")"));
        run("deallocate explained", "reset plan_cache_mode");
        return plan;
    }

    /** Both plans of a statement under their modes, for a test to search. */
    public String explain(String sql, Tuple args) {
        return both(sql, mode -> explain(mode, sql, args));
    }

    /** Both plans of a list. */
    public String explain(ListQuery list) {
        return both(list.text(), mode -> explain(mode, list));
    }

    private static String both(String sql, Function<String, List<String>> plan) {
        return List.of("force_custom_plan", "force_generic_plan").stream()
                .map(mode -> mode + "\n" + String.join("\n", plan.apply(mode)))
                .collect(joining("\n", sql + "\n", ""));
    }

    private static Map<String, String> named(ResultSet rows) throws SQLException {
        var row = new LinkedHashMap<String, String>();
        var columns = rows.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.put(columns.getColumnLabel(i), rows.getString(i));
        }
        return row;
    }

    private static <T> T only(String sql, List<T> rows) {
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows instead of 1: " + sql);
        }
        return rows.get(0);
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, Reader<T> reader) {
        return of(() -> {
            try (var statement = connection.createStatement()) {
                var found = new ArrayList<T>();
                if (firstWithRows(statement, sql)) {
                    for (var rows = statement.getResultSet(); rows.next(); ) {
                        found.add(reader.read(rows));
                    }
                }
                return found;
            }
        });
    }

    private static boolean firstWithRows(Statement statement, String sql) throws SQLException {
        boolean found = statement.execute(sql);
        while (!found && statement.getUpdateCount() >= 0) {
            found = statement.getMoreResults();
        }
        return found;
    }

    private interface Work<T> {
        T done() throws SQLException;
    }

    private static <T> T of(Work<T> work) {
        try {
            return work.done();
        } catch (SQLException e) {
            throw new SqlRefusal(e);
        }
    }

    @Override
    public void close() {
        of(() -> {
            connection.close();
            return null;
        });
    }
}
