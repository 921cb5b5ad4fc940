package io.switchboard.voice.usage;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the calls and the ledger say, beside what is counted. */
final class UsageRecount {
    /** Of the calls that are over and whose owner is known: no leg is a run. */
    private static final String CALLS =
            "select org_id, id, owner_id, agent_id, local_day, coalesce(tokens, 0), coalesce(duration_seconds, 0),"
                    + " case when coalesce(currency, 'USD') = 'USD' then coalesce(cost, 0) else 0 end from call_logs"
                    + " where head_id is null and status = 'ended' and owner_id is not null and agent_id is not null";

    private static final String RUNS_OF_CALLS =
            "select org_id, id, owner_id, agent_id, local_day, tokens, duration_seconds, cost"
                    + " from agent_runs where source = 'call'";

    private static final String RUNS_BY_DAY =
            "select org_id, owner_id, local_day, agent_id, source, count(*)::int, sum(tokens), sum(duration_seconds), sum(cost)"
                    + " from agent_runs group by org_id, owner_id, local_day, agent_id, source";

    private static final String DAYS =
            "select org_id, user_id, day, agent_id, source, runs, tokens, seconds, cost from user_usage_tracking";

    private static final String RUNS_BY_MONTH =
            "select org_id, owner_id, date_trunc('month', local_day::timestamp)::date, count(*)::int,"
                    + " count(*) filter (where source = 'call')::int, sum(tokens), sum(duration_seconds), sum(cost)"
                    + " from agent_runs group by 1, 2, 3";

    private static final String MONTHS = "select org_id, user_id, month, runs, calls, tokens, seconds, cost"
            + " from usage_months where (runs, calls, tokens, seconds, cost) <> (0, 0, 0, 0, 0)";

    private UsageRecount() {}

    /** @param column the first column of what a superuser gets */
    static List<String> differences(Function<String, List<String>> column) {
        return Stream.of(
                        differences(CALLS, RUNS_OF_CALLS),
                        differences(RUNS_BY_DAY, DAYS),
                        differences(RUNS_BY_MONTH, MONTHS))
                .flatMap(query -> column.apply(query).stream())
                .toList();
    }

    private static String differences(String expected, String found) {
        return "with expected as (" + expected + "), found as (" + found + ")"
                + " select 'too much: ' || r from (table found except all table expected) r"
                + " union all select 'missing: ' || r from (table expected except all table found) r";
    }
}
