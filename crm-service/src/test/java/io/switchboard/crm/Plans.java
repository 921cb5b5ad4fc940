package io.switchboard.crm;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.test.SqlSession;
import io.vertx.sqlclient.Tuple;

/** Claims about how PostgreSQL goes about the service's lists. */
public final class Plans {
    private Plans() {}

    public static void noSequentialScan(SqlSession app, String sql, Tuple args) {
        var plans = app.explain(sql, args);
        assertFalse(plans.contains("Seq Scan"), plans);
    }

    /** @param cursor null for the first page */
    public static Page page(Cursor cursor) {
        return new Page() {
            @Override
            public Cursor after() {
                return cursor;
            }
        };
    }
}
