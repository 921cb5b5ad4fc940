package io.switchboard.voice.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What calls used in some days, by the organization's clock. */
public record UsageView(
        @Schema(description = "The first day") LocalDate from,
        @Schema(description = "The last day") LocalDate to,
        long calls,
        @Schema(description = "Of talk") long seconds,
        @Schema(description = "In USD", examples = "12.5") BigDecimal cost,

        @Schema(description = "Costs in other currencies") List<OtherCost> otherCosts,

        long tokens,

        @Nullable
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "The hundred with most calls; only where by is given")
        List<BreakdownLine> breakdown) {}
