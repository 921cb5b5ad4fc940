package io.switchboard.voice.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a user has used this month, and may use. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CurrentMonthView(
        @Schema(description = "Of the organization's clock", examples = "2026-12")
        String month,

        int runs,
        long tokens,
        @Schema(description = "Of talk") long seconds,
        @Schema(description = "In USD", examples = "12.5") BigDecimal cost,

        @Schema(description = "In tokens; null while it is not known here") @Nullable
        Long monthlyTokenQuota,

        @Schema(description = "The first instant of the next month")
        OffsetDateTime resetsAt) {
    private static final int YEAR_AND_MONTH = "2026-12".length();

    static CurrentMonthView of(MonthUsage usage) {
        return new CurrentMonthView(
                usage.month().toString().substring(0, YEAR_AND_MONTH),
                usage.runs(),
                usage.tokens(),
                usage.seconds(),
                usage.cost(),
                usage.monthlyTokenQuota(),
                usage.resetsAt());
    }
}
