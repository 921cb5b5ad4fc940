package io.switchboard.voice.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The figures of the last days, by the organization's clock. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DashboardView(
        @Schema(description = "The first day") LocalDate from,
        @Schema(description = "Today") LocalDate to,
        @Schema(description = "Of any status") long totalCalls,
        @Schema(description = "Answered by a person") long answeredCalls,

        @Schema(description = "Inbound, ended, not answered")
        long missedCalls,

        @Schema(description = "Of talk") long totalSeconds,

        @Nullable @Schema(description = "A call that was answered; null without one", examples = "61.5")
        BigDecimal averageSeconds,

        @Schema(description = "In USD", examples = "12.5") BigDecimal totalCost,

        @Schema(description = "Costs in other currencies") List<OtherCost> otherCosts,

        @Nullable @Schema(description = "Of the calls that were evaluated; null without one", examples = "0.75")
        BigDecimal successRate,

        @Schema(description = "All days, oldest first") List<DayFigures> byDay,
        @Schema(description = "All hours of the day") List<HourFigures> byHour,

        @Schema(description = "The ten with most calls") List<AssistantFigures> topAssistants,

        @Schema(description = "The ten most frequent, and all others together under null")
        List<EndedReason> endedReasons,

        @Nullable
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "The hundred with most calls; only where by is given")
        List<BreakdownLine> breakdown,

        @Schema(description = "As many days before") PeriodFigures previous) {

    /** A day's figures. */
    public record DayFigures(
            LocalDate day,
            long calls,
            long seconds,

            @Schema(description = "In USD", examples = "12.5")
            BigDecimal cost,

            @Schema(description = "Calls that were evaluated as a success")
            long successes) {}

    /** The calls that began in an hour of the day. */
    public record HourFigures(
            @Schema(description = "0 to 23", examples = "9") int hour, long calls) {}

    /** An assistant's calls. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AssistantFigures(
            UUID assistantId,

            @Nullable @Schema(description = "Null if the assistant is gone")
            String displayName,

            long calls) {}

    /** Why calls ended. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record EndedReason(
            @Nullable @Schema(description = "The provider's word", examples = "customer-ended-call")
            String reason,

            long calls) {}

    /** The sums of some days. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record PeriodFigures(
            LocalDate from,
            LocalDate to,
            long totalCalls,
            long answeredCalls,
            long missedCalls,
            long totalSeconds,

            @Nullable @Schema(examples = "61.5") BigDecimal averageSeconds,

            @Schema(examples = "12.5") BigDecimal totalCost,

            List<OtherCost> otherCosts,

            @Nullable @Schema(examples = "0.75") BigDecimal successRate) {}
}
