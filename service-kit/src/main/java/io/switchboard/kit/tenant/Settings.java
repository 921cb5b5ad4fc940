package io.switchboard.kit.tenant;

import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction begins: with the settings that row level security and the audit trigger read. They are local to the
 * transaction, and always its first statement. A read leaves out those of the trail, but for the request's id: each costs it time.
 *
 * <p>They are read from the caller before a connection is held, since that fails if its request has ended.
 *
 */
record Settings(String begin, String sql, Tuple args) {
    /**
     * Where assertions are on, as in tests, PostgreSQL refuses a read that writes: the trail would not tell from where. It takes a
     * twentieth of a read by key for that.
     */
    private static final String BEGIN_READ = Settings.class.desiredAssertionStatus() ? "begin read only" : "begin";

    private static final String FOR_READS =
            "select set_config('app.org_id', $1, true), set_config('app.user_id', $2, true),"
                    + " set_config('app.client_id', $3, true), set_config('app.role', $4, true),"
                    + " set_config('app.request_id', $5, true)";

    static final String SQL = FOR_READS + ", set_config('app.service', $6, true), set_config('app.ip', $7, true),"
            + " set_config('app.user_agent', $8, true)";

    /** In milliseconds; it lasts as long as the transaction. */
    private static final String FOR_SHORT_READS = FOR_READS + ", set_config('statement_timeout', '1000', true)";

    private static final String FOR_READS_IN_ORDER = FOR_READS + ", " + ListQuery.IN_ORDER;

    static Settings of(CallerContext caller) {
        return new Settings("begin", SQL, Tuple.from(array(caller)));
    }

    static Settings forRead(CallerContext caller) {
        return forRead(caller, FOR_READS);
    }

    static Settings forShortRead(CallerContext caller) {
        return forRead(caller, FOR_SHORT_READS);
    }

    static Settings forReadInOrder(CallerContext caller) {
        return forRead(caller, FOR_READS_IN_ORDER);
    }

    private static Settings forRead(CallerContext caller, String sql) {
        return new Settings(
                BEGIN_READ,
                sql,
                Tuple.of(
                        caller.orgId().toString(),
                        text(caller.userId()),
                        text(caller.clientId()),
                        caller.role(),
                        caller.requestId()));
    }

    static Object[] array(CallerContext caller) {
        var origin = caller.origin();
        return new Object[] {
            caller.orgId().toString(),
            text(caller.userId()),
            text(caller.clientId()),
            caller.role(),
            origin.requestId(),
            text(caller.service()),
            text(origin.address()),
            text(origin.userAgent())
        };
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
