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
        try {
            var database = new TestDatabase(EmbeddedPostgres.builder().start());
            database.create(NAME);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a further database and lays the bootstrap down in it. */
    public void create(String name) {
        execute(server.getJdbcUrl("postgres", "postgres"), "create database " + name);
        var passwords = new StringBuilder();
        for (var schema : SCHEMAS) {
            for (var role : List.of("owner", "app")) {
                passwords.append("select set_config('switchboard.%s_%s_password', '%s', false);"
                        .formatted(schema, role, PASSWORD));
            }
        }
        execute(superuserUrl(name), passwords + bootstrap());
    }

    public void migrate(String name, String schema) {
        Migration.run(url(name), schema, PASSWORD, Thread.currentThread().getContextClassLoader());
    }

    public void rollBack(String name, String schema) {
        Migration.rollBack(url(name), schema, PASSWORD, Thread.currentThread().getContextClassLoader());
    }

    public static String name() {
        return NAME;
    }

    public int port() {
        return server.getPort();
    }

    public Connection superuser(String name) throws SQLException {
        return DriverManager.getConnection(superuserUrl(name));
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
    }

    private String superuserUrl(String name) {
        return server.getJdbcUrl("postgres", name);
    }

    private static void execute(String url, String sql) {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String bootstrap() {
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
