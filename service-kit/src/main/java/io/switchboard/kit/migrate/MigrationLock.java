package io.switchboard.kit.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockServiceFactory;
import org.jspecify.annotations.Nullable;

/**
 * The right to migrate one schema: an advisory lock of the session, which goes when the session ends. Liquibase's own lock is a
 * row, which a killed process leaves behind.
 */
final class MigrationLock {
    private static final long LOOK_MILLIS = 250;
    private static final String KEY = "hashtextextended('switchboard.migrate.' || ?, 0)";
    private static final String HOLDER =
            "select 'process ' || a.pid || coalesce(' from ' || host(a.client_addr), '') || ', since '"
                    + " || to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS UTC')"
                    + " from pg_locks l join pg_stat_activity a using (pid), (select " + KEY + " as key) k"
                    + " where l.locktype = 'advisory' and l.granted and l.objsubid = 1"
                    + " and l.database = (select oid from pg_database where datname = current_database())"
                    + " and l.classid = (k.key >> 32 & 4294967295)::oid and l.objid = (k.key & 4294967295)::oid";
    private static final String LEFT = "select lockedby from databasechangeloglock where locked";

    private final Connection connection;
    private final String schema;
    private final Consumer<String> tell;

    MigrationLock(Connection connection, String schema, Consumer<String> tell) {
        this.connection = connection;
        this.schema = schema;
        this.tell = tell;
    }

    /** Waits while another migration holds it. */
    void take(Duration patience) throws SQLException {
        // The server ends a statement whose client is gone, instead of finishing it with the lock held.
        execute("set client_connection_check_interval = '1s'");
        var end = System.nanoTime() + patience.toNanos();
        for (var tries = 0; !taken(); tries++) {
            if (tries == 0) {
                tell.accept("Schema " + schema + ": another migration is running (" + holder() + "); waiting for up to "
                        + inWords(patience));
            }
            if (System.nanoTime() - end >= 0) {
                throw new SQLException("another migration is still running (" + holder() + ") after "
                        + inWords(patience) + "; end it, or wait and start this one again");
            }
            pause();
        }
    }

    /** Only with the lock held: no other migration runs then, so Liquibase's row is a killed one's. */
    void releaseLeftRow(Database database) throws SQLException, LiquibaseException {
        var by = "t".equals(first("select to_regclass('databasechangeloglock') is not null", null))
                ? first(LEFT, null)
                : null;
        if (by != null) {
            tell.accept("Schema " + schema + ": releasing the lock that a killed migration left behind (" + by + ")");
            LockServiceFactory.getInstance().getLockService(database).forceReleaseLock();
        }
    }

    private boolean taken() throws SQLException {
        return "t".equals(first("select pg_try_advisory_lock(" + KEY + ")", schema));
    }

    private String holder() throws SQLException {
        var holder = first(HOLDER, schema);
        return holder == null ? "just ended" : holder;
    }

    private @Nullable String first(String query, @Nullable String argument) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            if (argument != null) {
                statement.setString(1, argument);
            }
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String inWords(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    static void pause() throws SQLException {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", interrupted);
        }
    }
}
