package io.switchboard.voice.usage;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a voice agent used outside of calls. A conversation is one run. */
public record RunForm(
        @NotNull @Min(0) @Max(100_000_000) Integer tokens,

        @NotNull @Min(0) @Max(604_800) @Schema(description = "Until now, a week at most", examples = "60")
        Integer durationSeconds,

        @NotNull @DecimalMin("0") @DecimalMax("1000000") @Schema(description = "In USD", examples = "0.12")
        BigDecimal cost,

        @Nullable UUID conversationId) {
    private static final int DECIMALS = 6;

    public RunForm {
        cost = cost == null ? null : cost.setScale(DECIMALS, RoundingMode.HALF_UP); // as the database keeps it
    }
}
