package io.switchboard.crm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.test.SqlSession;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Claims about how PostgreSQL goes about the service's lists. */
public final class Plans {
    private static final int LIMIT = 5;

    private Plans() {}

    public static void noSequentialScan(SqlSession app, String sql, Tuple args) {
        var plans = app.explain(sql, args);
        assertFalse(plans.contains("Seq Scan"), plans);
    }

    public static void noSequentialScan(SqlSession app, ListQuery list) {
        var plans = app.explain(list);
        assertFalse(plans.contains("Seq Scan"), plans);
    }

    /**
     * A page costs the same wherever it is: no sort, and each scan of an index has no more rows than the page and the one after
     * it; of what belongs to a row, such as its phones, no more than two for each.
     */
    public static void readsOnlyThePage(SqlSession app, ListQuery list) {
        readsOnlyThePage(app, list, 1);
    }

    /**
     * The same of one that is merged of several lists.
     *
     * @param sources of which each may read as much
     */
    public static void readsOnlyThePage(SqlSession app, ListQuery list, int sources) {
        noSequentialScan(app, list);
        for (var mode : List.of("force_custom_plan", "force_generic_plan")) {
            var plan = app.analyze(mode, list);
            steps(new JsonArray(plan).getJsonObject(0).getJsonObject("Plan"))
                    .filter(step -> step.getString("Node Type").matches(".*Scan.*|.*Sort"))
                    .forEach(step ->
                            assertTrue(rows(step) <= most(step, sources), list.text() + "\n" + mode + "\n" + plan));
        }
    }

    private static Stream<JsonObject> steps(JsonObject step) {
        var below = step.getJsonArray("Plans", new JsonArray());
        return Stream.concat(
                Stream.of(step),
                IntStream.range(0, below.size()).mapToObj(below::getJsonObject).flatMap(Plans::steps));
    }

    private static double rows(JsonObject step) {
        var each = step.getDouble("Actual Rows")
                + step.getDouble("Rows Removed by Filter", 0.0)
                + step.getDouble("Rows Removed by Index Recheck", 0.0);
        return each * step.getInteger("Actual Loops");
    }

    private static int most(JsonObject step, int sources) {
        var merges = step.getString("Node Type").endsWith("Sort")
                || step.getString("Node Type").equals("Subquery Scan");
        var loops = step.getInteger("Actual Loops");
        var parts = merges ? Math.max(sources, Math.min(2, loops)) : Math.min(Math.max(2, sources), loops);
        return (LIMIT + 1) * Math.max(1, parts);
    }

    /** Of five rows. @param cursor null for the first page */
    public static Page page(Cursor cursor) {
        return new Page() {
            @Override
            public int limit() {
                return LIMIT;
            }

            @Override
            public Cursor after() {
                return cursor;
            }
        };
    }
}
