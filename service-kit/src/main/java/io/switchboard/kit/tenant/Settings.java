package io.switchboard.kit.tenant;

import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** The settings that row level security and the audit trigger read; local to the transaction, always its first statement. */
final class Settings {
    static final String SQL = "select set_config('app.org_id', $1, true), set_config('app.user_id', $2, true),"
            + " set_config('app.client_id', $3, true), set_config('app.role', $4, true),"
            + " set_config('app.request_id', $5, true), set_config('app.service', $6, true),"
            + " set_config('app.ip', $7, true), set_config('app.user_agent', $8, true)";

    /** In milliseconds; it lasts as long as the transaction. */
    static final String WITH_SHORT_TIMEOUT = SQL + ", set_config('statement_timeout', '1000', true)";

    static final String WITH_ROWS_IN_ORDER = SQL + ", " + ListQuery.IN_ORDER;

    private Settings() {}

    static Tuple of(CallerContext caller) {
        return Tuple.from(array(caller));
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
