package io.switchboard.voice.usage;

import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a user used on a day of the organization's clock. */
public record DailyUsageView(
        LocalDate day,
        long runs,
        long tokens,
        @Schema(description = "Of talk") long seconds,
        @Schema(description = "In USD", examples = "12.5") BigDecimal cost) {
    static final String COLUMNS = "day, runs, tokens, seconds, cost";

    static DailyUsageView of(Row row) {
        return new DailyUsageView(
                row.getLocalDate("day"),
                row.getLong("runs"),
                row.getLong("tokens"),
                row.getLong("seconds"),
                row.getBigDecimal("cost"));
    }
}
