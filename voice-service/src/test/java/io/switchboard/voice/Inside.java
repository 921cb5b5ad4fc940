package io.switchboard.voice;

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
        var url = ConfigProvider.getConfig().getValue("switchboard.test.superuser-url", String.class);
        var jdbc = "jdbc:" + url.replace("postgres@", "") + "?user=postgres&currentSchema=voice";
        try (var connection = DriverManager.getConnection(jdbc);
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
}
