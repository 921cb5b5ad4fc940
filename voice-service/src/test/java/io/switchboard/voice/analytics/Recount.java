package io.switchboard.voice.analytics;

import static java.util.stream.Collectors.joining;

import io.switchboard.voice.AppSql;
import java.util.List;
import java.util.stream.IntStream;

/** Counts calls one by one, each figure by itself: slow, and easy to believe. */
final class Recount {
    private static final String HEADS = """
            with heads as (
                select *, case when direction = 'inbound' then to_e164 when direction = 'outbound' then from_e164 end as own,
                    coalesce(answered_by::text, '') as who, coalesce(currency, 'USD') as money
                from call_logs where head_id is null
            )""";
    private static final String FIGURES = """
            count(*)::int, count(*) filter (where answered and who <> 'machine')::int,
            count(*) filter (where direction = 'inbound' and status = 'ended' and not answered and who <> 'machine')::int,
            coalesce(sum(duration_seconds), 0), %s, coalesce(sum(tokens), 0), count(*) filter (where success)::int,
            count(*) filter (where not success)::int""";
    private static final String DOLLARS = "coalesce(sum(cost) filter (where money = 'USD'), 0)";

    private static final String ANALYTICS = "select org_id, local_day, client_id, assistant_id, agent_id, owner_id, "
            + FIGURES.formatted(DOLLARS)
            + ", array[" + IntStream.range(0, 24).mapToObj(Recount::atHour).collect(joining(", ")) + "]"
            + " from heads group by org_id, local_day, client_id, assistant_id, agent_id, owner_id";

    private static final String BREAKDOWNS = String.join(
            " union all ",
            breakdown("provider", "provider", DOLLARS, "true"),
            breakdown("number", "own", DOLLARS, "true"),
            breakdown("ended_reason", "left(ended_reason, 100)", DOLLARS, "ended_reason is not null"),
            breakdown("currency", "money", "coalesce(sum(cost), 0)", "money <> 'USD'"));

    private Recount() {}

    /** Rows that are stored and should not be, or the other way round. */
    static List<String> differences(AppSql sql) {
        return sql.superuser(HEADS + ", analytics as (" + ANALYTICS + "), breakdowns as (" + BREAKDOWNS + ")"
                + " select 'too much: ' || r from (table call_analytics except table analytics) r"
                + " union all select 'missing: ' || r from (table analytics except table call_analytics) r"
                + " union all select 'too much: ' || r from (table call_breakdowns except table breakdowns) r"
                + " union all select 'missing: ' || r from (table breakdowns except table call_breakdowns) r");
    }

    private static String atHour(int hour) {
        return "count(*) filter (where local_hour = " + hour + ")::int";
    }

    private static String breakdown(String kind, String value, String cost, String which) {
        return "select org_id, '" + kind + "', local_day, client_id, agent_id, owner_id, " + value + ", "
                + FIGURES.formatted(cost) + " from heads where " + which
                + " group by org_id, local_day, client_id, agent_id, owner_id, " + value;
    }
}
