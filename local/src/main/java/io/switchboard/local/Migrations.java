package io.switchboard.local;

import io.switchboard.kit.migrate.Migration;
import io.switchboard.kit.migrate.SchemaVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.sql.Connection;
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
        String password = Secrets.read(secrets.role(service.schema() + "_owner"));
        try (URLClassLoader changelog =
                Changelog.of(layout.application(service)).loader()) {
            if (SchemaVersion.of(changelog).hash().equals(latest(service, password))) {
                return false;
            }
            Migration.run(server.jdbcUrl(), service.schema(), password, changelog, PATIENCE, progress::step);
            return true;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (Exception broken) {
            throw new Refusal("Schema " + service.schema() + " cannot be migrated: " + rootOf(broken), broken);
        }
    }

    /** As the owner: the server's admin need not be able to read what is in a schema. */
    private String latest(Service service, String password) throws SQLException {
        try (Connection owner = server.connectAs(service.schema() + "_owner", password);
                Statement statement = owner.createStatement()) {
            ResultSet table = statement.executeQuery("select to_regclass('schema_versions') is not null");
            if (!table.next() || !table.getBoolean(1)) {
                return null;
            }
            ResultSet row =
                    statement.executeQuery("select version from schema_versions order by applied_at desc limit 1");
            return row.next() ? row.getString(1) : null;
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
