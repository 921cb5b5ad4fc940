package io.switchboard.crm;

import io.switchboard.kit.test.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service's own database, beside the service. */
public final class CrmDatabase {
    private CrmDatabase() {}

    /** The superuser, whom no policy binds; it sees the service's tables without naming the schema. */
    public static Connection superuser() throws SQLException {
        var url = "jdbc:" + setting("switchboard.db.url");
        var connection = DriverManager.getConnection(url, "postgres", "");
        execute(connection, "set search_path = crm, ext");
        return connection;
    }

    /** The service's role in a transaction of the tenant, as {@code TenantSql} opens it. */
    public static Connection app(UUID orgId, UUID userId) throws SQLException {
        var connection =
                DriverManager.getConnection("jdbc:" + setting("switchboard.db.url"), "crm_app", TestDatabase.PASSWORD);
        connection.setAutoCommit(false);
        execute(
                connection,
                "select set_config('app.org_id', '%s', true), set_config('app.user_id', '%s', true), set_config('app.role', 'agent', true)"
                        .formatted(orgId, userId));
        return connection;
    }

    public static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column. */
    public static List<String> query(Connection connection, String sql) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
