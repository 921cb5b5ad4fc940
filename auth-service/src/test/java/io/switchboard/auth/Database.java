package io.switchboard.auth;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.PGConnection;

/** The tests' own look into the database, past the service. */
public final class Database {
    private Database() {}

    /** Runs a statement as the organization's service would, with row level security on. */
    public static int as(Person person, String sql) {
        return run(
                "set role auth_app; select set_config('app.org_id', '"
                        + person.caller().orgId() + "', false),"
                        + " set_config('app.role', 'service', false), set_config('app.service', 'auth-service', false)",
                sql);
    }

    /** The first column of what a superuser sees. */
    public static List<String> column(String sql) {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.execute("set search_path = auth");
            var values = new ArrayList<String>();
            var rows = statement.executeQuery(sql);
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As superuser; the caller closes it. */
    public static Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(url());
        try (var statement = connection.createStatement()) {
            statement.execute("set search_path = auth");
        }
        return connection;
    }

    public static int superuser(String sql) {
        return run("select 1", sql);
    }

    /** What comes of work that begins while a superuser's change is not committed yet, and has to wait for that. */
    public static <T> T committing(String change, Supplier<T> work) {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.execute("set search_path = auth");
            connection.setAutoCommit(false);
            statement.execute(change);
            var pid = connection.unwrap(PGConnection.class).getBackendPID();
            var waiting = CompletableFuture.supplyAsync(work);
            var waits = "select 1 from pg_stat_activity where " + pid + " = any (pg_blocking_pids(pid))";
            await().until(() -> waiting.isDone() || !column(waits).isEmpty());
            connection.commit();
            return waiting.join();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int run(String before, String sql) {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.execute("set search_path = auth");
            statement.execute(before);
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url() {
        var url = ConfigProvider.getConfig().getValue("switchboard.test.superuser-url", String.class);
        return "jdbc:" + url.replace("postgres@", "") + "?user=postgres";
    }
}
