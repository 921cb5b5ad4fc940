package io.switchboard.kit.test;

import java.sql.SQLException;

/** A statement that PostgreSQL refused. */
public final class SqlRefusal extends RuntimeException {
    private final String state;

    SqlRefusal(SQLException cause) {
        super(cause.getMessage(), cause);
        state = cause.getSQLState();
    }

    /** SQLSTATE, five characters. */
    public String state() {
        return state;
    }
}
