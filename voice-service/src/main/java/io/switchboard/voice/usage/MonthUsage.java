package io.switchboard.voice.usage;

import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a user has used in the present month of the organization's clock, and may use.
 *
 * @param month its first day
 * @param seconds of talk
 * @param cost in USD
 * @param monthlyTokenQuota null if it is not known here yet
 * @param isUsedUp whether nothing new may begin until it resets
 * @param resetsAt the first instant of the next month
 */
record MonthUsage(
        LocalDate month,
        int runs,
        long tokens,
        long seconds,
        BigDecimal cost,
        @Nullable Long monthlyTokenQuota,
        boolean isUsedUp,
        OffsetDateTime resetsAt) {
    static final String COLUMNS = "month, runs, tokens, seconds, cost, monthly_token_quota, is_used_up, resets_at";

    static MonthUsage of(Row row) {
        return new MonthUsage(
                row.getLocalDate("month"),
                row.getInteger("runs"),
                row.getLong("tokens"),
                row.getLong("seconds"),
                row.getBigDecimal("cost"),
                row.getLong("monthly_token_quota"),
                row.getBoolean("is_used_up"),
                row.getOffsetDateTime("resets_at"));
    }
}
