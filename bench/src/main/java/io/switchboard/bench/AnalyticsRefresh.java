package io.switchboard.bench;

import io.switchboard.local.Refusal;
import java.util.List;

/** W9: how long the views of the metrics take to be brought up to date: from nothing, and after a hundredth of the tickets changed. */
final class AnalyticsRefresh {
    private static final double MOST_SECONDS = 60;

    private AnalyticsRefresh() {}

    static void measure(OwnSuite suite, Options options, Results results) {
        Say.line("W9 refreshing the metrics");
        double first = seconds(suite, options.tickets());
        suite.run(
                "set session_replication_role = replica; update crm.tickets set status = 'resolved', resolved_at = now()"
                        + " where number % 100 = 7");
        double again = seconds(suite, options.tickets());
        results.figures()
                .addAll(List.of(
                        Figure.atMost(
                                MOST_SECONDS,
                                "W9 first refresh of the metrics of %,d tickets".formatted(options.tickets()),
                                first,
                                "%.1f s"),
                        Figure.atMost(MOST_SECONDS, "W9 refresh after changes of 1 %", again, "%.1f s"),
                        TableSizes.of(suite, "W9", "ticket_metrics"),
                        TableSizes.of(suite, "W9", "agent_performance")));
    }

    private static double seconds(OwnSuite suite, int tickets) {
        suite.run("update crm.analytics_refreshes set next_at = now()");
        long begun = System.nanoTime();
        suite.run("select crm.refresh_analytics_views()");
        double seconds = (System.nanoTime() - begun) / 1e9;
        long counted = suite.number("select coalesce(sum(total_tickets), 0) from crm.ticket_metrics");
        if (counted != tickets) {
            throw new Refusal("The metrics count " + counted + " of " + tickets + " tickets after a refresh.");
        }
        return seconds;
    }
}
