package io.switchboard.voice;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service's database as its superuser sees it: for what no answer shows. */
public final class Inside {
    private Inside() {}

    /** The first column of what is found. */
    public static List<String> rows(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            var rows = new ArrayList<String>();
            if (statement.execute(sql)) {
                for (var result = statement.getResultSet(); result.next(); ) {
                    rows.add(result.getString(1));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** While nobody can write into the table. */
    public static void whileLocked(String table, Runnable work) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table " + table + " in exclusive mode");
            work.run();
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect() throws SQLException {
        var url = ConfigProvider.getConfig().getValue("switchboard.test.superuser-url", String.class);
        return DriverManager.getConnection(
                "jdbc:" + url.replace("postgres@", "") + "?user=postgres&currentSchema=voice");
    }
}
