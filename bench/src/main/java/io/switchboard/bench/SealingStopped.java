package io.switchboard.bench;

import io.switchboard.local.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** While it is open no replica seals: it holds the lock of the one that would. */
final class SealingStopped implements AutoCloseable {
    private final Connection connection;

    SealingStopped(OwnSuite suite) {
        try {
            connection = suite.superuser();
            connection.setAutoCommit(false);
            for (boolean held = false; !held; ) {
                held = hold();
            }
        } catch (SQLException broken) {
            throw new Refusal("Sealing cannot be stopped: " + broken.getMessage(), broken);
        }
    }

    private boolean hold() throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("select audit.try_lock_job('seal')")) {
            row.next();
            if (row.getBoolean(1)) {
                return true;
            }
        }
        Pause.millis(20);
        return false;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException broken) {
            throw new Refusal("Sealing stays stopped: " + broken.getMessage(), broken);
        }
    }
}
