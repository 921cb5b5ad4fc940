package io.switchboard.kit.test;

import io.switchboard.kit.migrate.Migration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.postgresql.util.PasswordUtil;

/** A real PostgreSQL with the suite's roles and schemas, started for one module's tests and thrown away after them. */
public final class TestDatabase implements AutoCloseable {
    public static final String PASSWORD = "test-only";
    private static final String NAME = "switchboard";
    private static final List<String> SCHEMAS = List.of("auth", "crm", "voice", "audit");

    private final EmbeddedPostgres server;

    private TestDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    public static TestDatabase start() {
        var database = empty(Map.of());
        database.create(NAME);
        return database;
    }

    /**
     * A server without the suite's roles and database.
     *
     * @param settings of the server, as in postgresql.conf
     */
    public static TestDatabase empty(Map<String, String> settings) {
        try {
            var server = EmbeddedPostgres.builder();
            settings.forEach(server::setServerConfig);
            return new TestDatabase(server.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a further database and lays the bootstrap down in it. */
    public void create(String name) {
        execute(url("postgres"), "create database " + name);
        bootstrap(url(name));
    }

    /** Lays the bootstrap down as the user of the URL. */
    public void bootstrap(String url) {
        var verifiers = new StringBuilder();
        for (var schema : SCHEMAS) {
            for (var role : List.of("owner", "app")) {
                verifiers.append("select set_config('switchboard.%s_%s_verifier', '%s', false);"
                        .formatted(schema, role, PasswordUtil.encodeScramSha256(PASSWORD.toCharArray())));
            }
        }
        execute(url, verifiers + script());
    }

    /** A server with one service's tables, for what only the database can show. */
    public static TestDatabase migrated(String schema) {
        var database = start();
        database.migrate(NAME, schema);
        return database;
    }

    /** The superuser's way in; those of other roles start there. */
    public Sql sql(String schema) {
        return sql(NAME, schema);
    }

    Sql sql(String name, String schema) {
        return Sql.superuser(jdbcUrl(name), schema);
    }

    public void migrate(String name, String schema) {
        Migration.run(jdbcUrl(name), schema, PASSWORD, Thread.currentThread().getContextClassLoader());
    }

    public void rollBack(String name, String schema) {
        Migration.rollBack(
                jdbcUrl(name), schema, PASSWORD, Thread.currentThread().getContextClassLoader());
    }

    public static String name() {
        return NAME;
    }

    public int port() {
        return server.getPort();
    }

    public Connection superuser(String name) throws SQLException {
        return DriverManager.getConnection(url(name));
    }

    /** As the superuser. */
    String url(String name) {
        return url(name, "postgres");
    }

    String url(String name, String user) {
        return jdbcUrl(name) + "?user=" + user + "&password=" + PASSWORD;
    }

    private String jdbcUrl(String name) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
    }

    private static void execute(String url, String sql) {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String script() {
        try (var script = TestDatabase.class.getResourceAsStream("/deploy/bootstrap.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
