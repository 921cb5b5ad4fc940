package io.switchboard.voice.statistics;

import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * What this service counts of a user, as the owner of voice agents.
 *
 * @param agents voice agents
 * @param callsThisMonth calls of the user's agents that began in this month and are over
 * @param tokensThisMonth tokens that count against the user's quota
 */
public record OwnerStatisticsView(UUID userId, long agents, long callsThisMonth, long tokensThisMonth) {
    static final String COLUMNS = "user_id, agents, calls_this_month, tokens_this_month";

    static OwnerStatisticsView of(Row row) {
        return new OwnerStatisticsView(
                row.getUUID("user_id"),
                row.getLong("agents"),
                row.getLong("calls_this_month"),
                row.getLong("tokens_this_month"));
    }
}
