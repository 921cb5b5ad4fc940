package io.switchboard.voice;

import io.switchboard.kit.test.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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

    /** The first column of what nobody in particular gets. */
    public List<String> query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return rows(statement, sql);
        }
    }

    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        if (statement.execute(sql)) {
            try (var result = statement.getResultSet()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
        }
        return rows;
    }

    @Override
    public void close() {
        database.close();
    }
}
