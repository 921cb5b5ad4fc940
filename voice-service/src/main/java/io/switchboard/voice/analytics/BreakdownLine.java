package io.switchboard.voice.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The figures of one agent, client, provider or number. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BreakdownLine(
        @Schema(
                description = "The id, the provider's name or the number; null for the calls that have none",
                examples = "vapi")
        @Nullable
        String key,

        long calls,

        @Schema(description = "Answered by a person") long answeredCalls,

        @Schema(description = "Inbound, ended, not answered")
        long missedCalls,

        @Schema(description = "Of talk") long seconds,

        @Schema(description = "In USD", examples = "12.5") BigDecimal cost,

        long tokens,

        @Nullable @Schema(description = "Of the calls that were evaluated; null without one", examples = "0.75")
        BigDecimal successRate) {}
