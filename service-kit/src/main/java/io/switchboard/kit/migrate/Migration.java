package io.switchboard.kit.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.changelog.FastCheckService;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.postgresql.Driver;

/** Brings one service's schema to the state that its changelog describes, or back to nothing; one at a time. */
public final class Migration {
    private static final int OLDEST_SERVER = 15;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Direction direction;
    private final String schema;
    private final ClassLoader changelogs;
    private final Duration patience;
    private final Consumer<String> tell;

    private Migration(
            Direction direction, String schema, ClassLoader changelogs, Duration patience, Consumer<String> tell) {
        this.direction = direction;
        this.schema = schema;
        this.changelogs = changelogs;
        this.patience = patience;
        this.tell = tell;
    }

    /** Waits up to five minutes for another migration of the schema, and says so on the standard output. */
    public static void run(String jdbcUrl, String schema, String ownerPassword, ClassLoader changelogs) {
        run(jdbcUrl, schema, ownerPassword, changelogs, PATIENCE, System.out::println);
    }

    /**
     * @param changelogs finds {@code db/changelog.yaml} and what it includes
     * @param patience how long to wait for another migration of the schema, and for locks that its tables' users hold
     * @param tell takes a sentence that says what the migration waits for
     */
    public static void run(
            String jdbcUrl,
            String schema,
            String ownerPassword,
            ClassLoader changelogs,
            Duration patience,
            Consumer<String> tell) {
        new Migration(Direction.FORWARDS, schema, changelogs, patience, tell).run(jdbcUrl, ownerPassword);
    }

    /** Undoes every changeset, the last one first. */
    public static void rollBack(String jdbcUrl, String schema, String ownerPassword, ClassLoader changelogs) {
        new Migration(Direction.BACK, schema, changelogs, PATIENCE, System.out::println).run(jdbcUrl, ownerPassword);
    }

    private enum Direction {
        FORWARDS,
        BACK
    }

    private void run(String url, String password) {
        var login = new Properties();
        login.put("user", schema + "_owner");
        login.put("password", password);
        // Not by DriverManager, which finds a driver or not depending on who has loaded one before.
        try (var connection = new Driver().connect(url, login)) {
            refuseOldServer(connection);
            var lock = new MigrationLock(connection, schema, tell);
            lock.take(patience);
            Scope.child(
                    Map.of(
                            Scope.Attr.classLoader.name(),
                            changelogs,
                            Scope.Attr.ui.name(),
                            new liquibase.ui.LoggerUIService()),
                    () -> {
                        lock.releaseLeftRow(liquibase(connection).getDatabase());
                        untilLocksAreFree(connection);
                        recordVersion(connection);
                    });
        } catch (Exception e) {
            throw new IllegalStateException("Migrating schema " + schema + " failed: " + e.getMessage(), e);
        }
    }

    /** A changeset that meets a lock gives up soon, so that others do not queue behind it, and is tried again. */
    private void untilLocksAreFree(Connection connection) throws LiquibaseException, SQLException {
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                move(liquibase(connection));
                return;
            } catch (LiquibaseException failure) {
                if (!metLock(failure) || System.nanoTime() - end >= 0) {
                    throw failure;
                }
                tell.accept("Schema " + schema + ": a changeset met a lock that others hold; it is tried again");
                MigrationLock.pause();
            }
        }
    }

    private void move(Liquibase liquibase) throws LiquibaseException {
        if (direction == Direction.FORWARDS) {
            liquibase.update(new Contexts());
        } else {
            liquibase.rollback(liquibase.getDatabase().getRanChangeSetList().size(), "");
        }
    }

    private void recordVersion(Connection connection) throws SQLException {
        if (direction == Direction.BACK) {
            execute(connection, SchemaVersion.DROP);
        } else {
            execute(connection, SchemaVersion.CREATE);
            execute(connection, "grant select on schema_versions to " + schema + "_app");
            insert(connection, SchemaVersion.of(changelogs));
        }
        connection.commit(); // Liquibase has turned autocommit off
    }

    private static void insert(Connection connection, SchemaVersion version) throws SQLException {
        try (var statement = connection.prepareStatement(SchemaVersion.RECORD)) {
            statement.setString(1, version.hash());
            statement.setArray(
                    2, connection.createArrayOf("text", version.changesets().toArray()));
            statement.execute();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean metLock(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && LOCK_NOT_AVAILABLE.equals(refused.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private Liquibase liquibase(Connection connection) throws LiquibaseException {
        // The schema may have changed since this process read it without the lock.
        Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
        var database = DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        database.setDefaultSchemaName(schema);
        database.setLiquibaseSchemaName(schema);
        var liquibase = new Liquibase(SchemaVersion.CHANGELOG, new ClassLoaderResourceAccessor(changelogs), database);
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
