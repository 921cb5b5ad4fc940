package io.switchboard.kit.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.postgresql.Driver;

/** Brings one service's schema to the state that its changelog describes, or back to nothing. */
public final class Migration {
    private static final String CHANGELOG = "db/changelog.yaml";
    private static final int OLDEST_SERVER = 15;

    private Migration() {}

    /** @param changelogs finds {@code db/changelog.yaml} and what it includes */
    public static void run(String jdbcUrl, String schema, String ownerPassword, ClassLoader changelogs) {
        with(jdbcUrl, schema, ownerPassword, changelogs, liquibase -> liquibase.update(new Contexts()));
    }

    /** Undoes every changeset, the last one first. */
    public static void rollBack(String jdbcUrl, String schema, String ownerPassword, ClassLoader changelogs) {
        with(jdbcUrl, schema, ownerPassword, changelogs, liquibase -> {
            var applied = liquibase.getDatabase().getRanChangeSetList().size();
            liquibase.rollback(applied, "");
        });
    }

    private interface Work {
        void on(Liquibase liquibase) throws LiquibaseException;
    }

    private static void with(String url, String schema, String password, ClassLoader changelogs, Work work) {
        var login = new Properties();
        login.put("user", schema + "_owner");
        login.put("password", password);
        // Not by DriverManager, which finds a driver or not depending on who has loaded one before.
        try (var connection = new Driver().connect(url, login)) {
            refuseOldServer(connection);
            Scope.child(
                    Map.of(
                            Scope.Attr.classLoader.name(),
                            changelogs,
                            Scope.Attr.ui.name(),
                            new liquibase.ui.LoggerUIService()),
                    () -> work.on(liquibase(connection, schema, changelogs)));
        } catch (Exception e) {
            throw new IllegalStateException("Migrating schema " + schema + " failed: " + e.getMessage(), e);
        }
    }

    private static Liquibase liquibase(Connection connection, String schema, ClassLoader changelogs)
            throws LiquibaseException {
        var database = DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        database.setDefaultSchemaName(schema);
        database.setLiquibaseSchemaName(schema);
        var liquibase = new Liquibase(CHANGELOG, new ClassLoaderResourceAccessor(changelogs), database);
        liquibase.setChangeLogParameter("schema", schema);
        liquibase.setChangeLogParameter("service", schema + "-service");
        return liquibase;
    }

    private static void refuseOldServer(Connection connection) throws SQLException {
        var version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST_SERVER) {
            throw new SQLException("PostgreSQL " + version + " is too old; 15 is the oldest that Switchboard runs on");
        }
    }
}
