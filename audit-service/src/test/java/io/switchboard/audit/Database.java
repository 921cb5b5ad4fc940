package io.switchboard.audit;

import io.switchboard.kit.test.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The database under test, seen past the service. */
public final class Database implements AutoCloseable {
    private final Connection connection;

    private Database(Connection connection) {
        this.connection = connection;
    }

    /** @param role postgres, audit_owner or audit_app */
    public static Database as(String role) {
        var url = ConfigProvider.getConfig().getValue("switchboard.test.superuser-url", String.class);
        try {
            return new Database(
                    DriverManager.getConnection("jdbc:" + url.replace("postgres@", ""), role, TestDatabase.PASSWORD));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column. */
    public List<String> rows(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
