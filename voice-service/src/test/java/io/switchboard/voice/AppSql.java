package io.switchboard.voice;

import io.switchboard.kit.test.TestDatabase;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A migrated database of its own and SQL as the app role, for what only the database can show. */
public final class AppSql implements AutoCloseable {
    private final TestDatabase database = TestDatabase.start();

    public AppSql() {
        database.migrate(TestDatabase.name(), "voice");
    }

    public Connection connect() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + database.port() + "/" + TestDatabase.name();
        return DriverManager.getConnection(url, "voice_app", TestDatabase.PASSWORD);
    }

    /** Whom no policy binds and no trigger follows: to fill tables. */
    public void fill(String... statements) throws SQLException {
        try (Connection connection = database.superuser(TestDatabase.name());
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = voice, ext");
            statement.execute("set session_replication_role = replica");
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /**
     * How PostgreSQL goes about a statement of a member's, planned for its arguments and for any.
     *
     * @param client null for staff
     */
    public String plans(UUID org, String role, UUID client, String sql, Tuple args) throws SQLException {
        String values = IntStream.range(0, args.size())
                .mapToObj(args::getValue)
                .map(value -> "'" + value + "'")
                .collect(Collectors.joining(", "));
        StringBuilder plans = new StringBuilder(sql);
        for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
            String explain = "set local plan_cache_mode = %s; prepare it as %s; explain (costs off) execute it (%s)"
                    .formatted(mode, sql, values);
            plans.append('\n').append(mode).append('\n').append(String.join("\n", as(org, role, client, explain)));
        }
        return plans.toString();
    }

    /** The first column of what a member of the organization gets. */
    public List<String> as(UUID org, String role, String sql) throws SQLException {
        return as(org, role, null, sql);
    }

    public List<String> as(UUID org, String role, UUID client, String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('app.org_id', '%s', true), set_config('app.role', '%s', true),"
                            .formatted(org, role)
                    + " set_config('app.client_id', '%s', true)".formatted(client == null ? "" : client));
            List<String> rows = rows(statement, sql);
            connection.commit();
            return rows;
        }
    }

    /** The first column of what a definer function gets for a member of the organization. */
    public List<String> asOwner(UUID org, String sql) throws SQLException {
        try (Connection connection = database.superuser(TestDatabase.name());
                Statement statement = connection.createStatement()) {
            statement.execute("set role voice_owner; set search_path = voice, ext");
            statement.execute("set app.org_id = '" + org + "'");
            return rows(statement, sql);
        }
    }

    /** The first column of what nobody in particular gets. */
    public List<String> query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return rows(statement, sql);
        }
    }

    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        boolean found = statement.execute(sql);
        while (!found && statement.getUpdateCount() >= 0) {
            found = statement.getMoreResults();
        }
        while (found && statement.getResultSet().next()) {
            rows.add(statement.getResultSet().getString(1));
        }
        return rows;
    }

    @Override
    public void close() {
        database.close();
    }
}
