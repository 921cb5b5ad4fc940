package io.switchboard.crm;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How PostgreSQL goes about a statement of the service, planned for its arguments as well as for any. */
public final class Plans {
    private Plans() {}

    public static void noSequentialScan(Connection app, String sql, Tuple args) throws SQLException {
        for (var mode : List.of("force_custom_plan", "force_generic_plan")) {
            var plan = plan(app, mode, sql, args);
            assertFalse(plan.contains("Seq Scan"), () -> mode + ": " + sql + "\n" + plan);
        }
    }

    /** @param cursor null for the first page */
    public static Page pageAfter(Cursor cursor) {
        return new Page() {
            @Override
            public Cursor after() {
                return cursor;
            }
        };
    }

    private static String plan(Connection app, String mode, String sql, Tuple args) throws SQLException {
        CrmDatabase.execute(app, "set local plan_cache_mode = " + mode);
        CrmDatabase.execute(app, "prepare statement as " + sql);
        try {
            var values = IntStream.range(0, args.size())
                    .mapToObj(args::getValue)
                    .map(value -> value == null ? "null" : "'" + value + "'")
                    .collect(Collectors.joining(", ", "(", ")"));
            return String.join("\n", CrmDatabase.query(app, "explain (costs off) execute statement " + values));
        } finally {
            CrmDatabase.execute(app, "deallocate statement");
        }
    }
}
