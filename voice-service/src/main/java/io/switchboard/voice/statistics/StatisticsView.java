package io.switchboard.voice.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.sqlclient.Row;

/**
 * What this service counts.
 *
 * @param agents voice agents
 * @param callsThisMonth calls that began in this month
 * @param tokensThisMonth tokens that count against the quotas of users
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StatisticsView(long agents, long calls, long callsThisMonth, long tokensThisMonth) {
    static final String COLUMNS = "agents, calls, calls_this_month, tokens_this_month";

    static StatisticsView of(Row row) {
        return new StatisticsView(
                row.getLong("agents"),
                row.getLong("calls"),
                row.getLong("calls_this_month"),
                row.getLong("tokens_this_month"));
    }
}
