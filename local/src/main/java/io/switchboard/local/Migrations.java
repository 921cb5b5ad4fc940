package io.switchboard.local;

import io.switchboard.kit.migrate.Migration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Brings a service's schema up to date, and skips it when its changelog is the one that was applied last. */
final class Migrations {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Layout layout;
    private final Server server;
    private final Secrets secrets;
    private final Progress progress;

    Migrations(Layout layout, Server server, Secrets secrets, Progress progress) {
        this.layout = layout;
        this.server = server;
        this.secrets = secrets;
        this.progress = progress;
    }

    /** False when there was nothing to do. */
    boolean run(Service service) {
        Changelog changelog = Changelog.of(layout.application(service));
        String mark = "changelog " + changelog.hash();
        try (Connection connection = server.connect()) {
            if (mark.equals(mark(connection, service))) {
                return false;
            }
            apply(service, changelog);
            leave(connection, service, mark);
            return true;
        } catch (SQLException broken) {
            throw new Refusal("Schema " + service.schema() + " cannot be migrated: " + broken.getMessage(), broken);
        }
    }

    private void apply(Service service, Changelog changelog) {
        String password = Secrets.read(secrets.role(service.schema() + "_owner"));
        try (URLClassLoader loader = changelog.loader()) {
            Migration.run(server.jdbcUrl(), service.schema(), password, loader, PATIENCE, progress::step);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (Exception broken) {
            throw new Refusal("Schema " + service.schema() + " cannot be migrated: " + rootOf(broken), broken);
        }
    }

    private static String mark(Connection connection, Service service) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select obj_description(to_regnamespace(?)::oid, 'pg_namespace')")) {
            query.setString(1, service.schema());
            ResultSet row = query.executeQuery();
            return row.next() ? row.getString(1) : null;
        }
    }

    /** The mark lives in the schema, so that it goes with it. */
    private static void leave(Connection connection, Service service, String mark) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("comment on schema " + service.schema() + " is " + statement.enquoteLiteral(mark));
        }
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
