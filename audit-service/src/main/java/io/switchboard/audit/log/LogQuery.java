package io.switchboard.audit.log;

import io.switchboard.kit.http.Page;
import io.switchboard.kit.tenant.ListQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a list. Conditions that an index answers go into the inner select; the others filter its newest
 * {@link #WINDOW} rows, so that no page costs more, however rare its matches: such a page may be short, even empty, and the next
 * one continues after it.
 */
final class LogQuery {
    static final int WINDOW = 2_000;
    static final String COLUMNS = "id, org_id, occurred_at, recorded_at, actor_id, actor_type, action, resource_type,"
            + " resource_id, service, old_data::text as old_data, new_data::text as new_data, ip_address, user_agent,"
            + " request_id, outcome, no";

    private static final String NEWEST_FIRST = " order by occurred_at desc, id desc";
    private static final String EVERYWHERE =
            "recorded_at > '-infinity'"; // every row: names the index, see its definition
    private static final List<String> ROW_CHANGES = List.of("create", "update", "delete");
    private static final Map<String, String> INDEXED =
            Map.of("actorId", "actor_id", "resourceId", "resource_id", "requestId", "request_id");
    private static final Map<String, String> OTHERS = Map.of(
            "actorType", "actor_type",
            "action", "action",
            "resourceType", "resource_type",
            "service", "service",
            "outcome", "outcome");
    private static final String TEXTS = "concat_ws(' ', action, resource_type, resource_id, actor_id, service, outcome,"
            + " request_id, ip_address, user_agent, old_data::text, new_data::text)";

    private final List<Object> values = new ArrayList<>();
    private final List<String> inside = new ArrayList<>();
    private final List<String> outside = new ArrayList<>();
    private final Page page;
    private final String limit;

    /** @param orgId null for all organizations */
    LogQuery(@Nullable UUID orgId, LogFilter filter, Page page) {
        this(orgId, filter, page, null);
    }

    /** @param below only records with lower numbers; null for all */
    LogQuery(@Nullable UUID orgId, LogFilter filter, Page page, @Nullable Long below) {
        this.page = page;
        var given = filter.given();
        if (orgId == null) {
            inside.add(EVERYWHERE);
        } else {
            inside.add("org_id = " + value(orgId));
            literals(given);
        }
        time(filter, page);
        if (below != null) {
            inside.add("no < " + value(below));
        }
        // These indexes lead with the organization: without one, the search goes by time.
        equal(given, INDEXED, orgId == null ? outside : inside);
        equal(given, OTHERS, outside);
        if (given.containsKey("q")) {
            outside.add(TEXTS + " ilike " + value("%" + given.get("q").replaceAll("[\\\\%_]", "\\\\$0") + "%"));
        }
        limit = value(page.rows());
    }

    private String sql() {
        var where = " where " + String.join(" and ", inside);
        if (outside.isEmpty()) {
            return "select " + COLUMNS + ", 0::bigint as place, true as fits from audit_logs" + where + NEWEST_FIRST
                    + " limit " + limit;
        }
        return "select " + COLUMNS + ", place, fits from (select recent.*,"
                + " row_number() over (" + NEWEST_FIRST.trim() + ") as place,"
                + " coalesce(" + String.join(" and ", outside) + ", false) as fits"
                + " from (select * from audit_logs" + where + NEWEST_FIRST + " limit " + WINDOW + ") as recent) as seen"
                + " where fits or place = " + WINDOW + NEWEST_FIRST + " limit " + limit;
    }

    ListQuery list() {
        return new ListQuery(page, sql(), values.toArray());
    }

    /** The conditions of the partial indexes, word for word: the first says all of its filter, the second a part. */
    private void literals(Map<String, String> given) {
        if (given.remove("outcome", "failure")) {
            inside.add("outcome = 'failure'");
        }
        if (given.containsKey("action") && !ROW_CHANGES.contains(given.get("action"))) {
            inside.add("action not in ('create', 'update', 'delete')");
        }
    }

    private void time(LogFilter filter, Page page) {
        var from = filter.from();
        var to = filter.to();
        var after = page.after();
        if (from != null) {
            inside.add("occurred_at >= " + value(from));
        }
        if (to != null) {
            inside.add("occurred_at < " + value(to));
        }
        if (after != null) {
            inside.add("(occurred_at, id) < (" + value(after.time()) + ", " + value(after.id()) + ")");
        }
    }

    private void equal(Map<String, String> given, Map<String, String> columns, List<String> conditions) {
        given.forEach((name, wanted) -> {
            if (columns.containsKey(name)) {
                conditions.add(columns.get(name) + " = " + value(wanted));
            }
        });
    }

    private String value(Object value) {
        values.add(value);
        return "$" + values.size();
    }
}
