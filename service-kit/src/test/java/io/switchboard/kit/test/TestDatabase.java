package io.switchboard.kit.test;

import io.switchboard.kit.migrate.Migration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PasswordUtil;

/**
 * A database with the suite's roles and schemas on a real PostgreSQL. {@link #migrated} ones are copies on one server, which a
 * test run's JVM starts once; {@link #start} and {@link #empty} start a server of their own.
 */
public final class TestDatabase implements AutoCloseable {
    public static final String PASSWORD = "test-only";
    private static final String NAME = "switchboard";
    private static final List<String> SCHEMAS = List.of("auth", "crm", "voice", "audit");

    private final int port;
    private final String name;
    private final AutoCloseable end;

    private TestDatabase(int port, String name, AutoCloseable end) {
        this.port = port;
        this.name = name;
        this.end = end;
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
            var started = server.start();
            return new TestDatabase(started.getPort(), NAME, started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a further database and lays the bootstrap down in it. */
    public void create(String name) {
        run("create database " + name);
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

    /** A fresh database with one service's tables, copied from one that is migrated once. */
    public static TestDatabase migrated(String schema) {
        var server = SharedServer.port();
        var template = new TestDatabase(server, "template_" + schema, () -> {});
        var name = "copy_" + UUID.randomUUID().toString().replace('-', '_');
        var copy =
                new TestDatabase(server, name, () -> template.run("drop database if exists " + name + " with (force)"));
        SharedServer.once(template.name, () -> {
            template.create(template.name);
            template.migrate(template.name, schema);
        });
        template.run("create database " + name + " template " + template.name);
        copy.bootstrap(copy.url(name)); // settings of a database are not copied
        return copy;
    }

    private void run(String sql) {
        execute(url("postgres"), sql);
    }

    /** The superuser's way in; those of other roles start there. */
    public Sql sql(String schema) {
        return sql(name, schema);
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

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public Connection superuser(String name) throws SQLException {
        return connect(url(name));
    }

    /** As the superuser. */
    String url(String name) {
        return url(name, "postgres");
    }

    String url(String name, String user) {
        return jdbcUrl(name) + "?user=" + user + "&password=" + PASSWORD;
    }

    private String jdbcUrl(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** By the driver of this class's own loader: each Quarkus has its own, and not all of them are registered. */
    static Connection connect(String url) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        return source.getConnection();
    }

    private static void execute(String url, String sql) {
        try (var connection = connect(url);
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
            end.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
