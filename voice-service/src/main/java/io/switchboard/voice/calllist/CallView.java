package io.switchboard.voice.calllist;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.kit.http.Versioned;
import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.tool.ToolCallView;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A call as people see it. */
public record CallView(
        UUID id,
        @Schema(examples = "vapi") String provider,

        @Schema(description = "The provider's id of it", examples = "80e67583-7388-58b5-b794-0c94727f8a0d")
        String providerCallId,

        @Nullable @Schema(description = "The carrier's id of it, where the provider is not the carrier")
        String carrierCallId,

        @Nullable @Schema(description = "The provider's id of the call of which this is a leg")
        String parentCallId,

        @Nullable CallDirection direction,

        @Nullable @Schema(description = "As the provider sent it", examples = "+15555550142")
        String fromNumber,

        @Nullable @Schema(description = "As the provider sent it", examples = "+15555550100")
        String toNumber,

        @Nullable @Schema(description = "As the provider knows the other party", examples = "Ada Lovelace")
        String customerName,

        CallState status,

        @Nullable @Schema(description = "Whether it was answered, by a person or a machine; null while unknown")
        Boolean answered,

        @Nullable @Schema(description = "As far as the provider tells; null while unknown")
        AnsweredBy answeredBy,

        OffsetDateTime startedAt,
        @Nullable OffsetDateTime answeredAt,
        @Nullable OffsetDateTime endedAt,

        @Nullable @Schema(description = "Of talk", examples = "23")
        Integer durationSeconds,

        @Nullable @Schema(description = "The provider's word", examples = "customer-ended-call")
        String endedReason,

        @Nullable @Schema(description = "As the provider counts it", examples = "0.0444")
        BigDecimal cost,

        @Nullable @Schema(description = "Of the cost (ISO 4217)", examples = "USD")
        String currency,

        @Nullable @Schema(description = "Of the language model", examples = "1420")
        Integer tokens,

        @Nullable UUID contactId,
        @Nullable UUID clientId,
        @Nullable UUID assistantId,

        @Nullable @Schema(description = "The voice agent that it was for")
        UUID agentId,

        @Nullable String summary,

        @Nullable @Schema(description = "The provider's verdict in its own words")
        String successEvaluation,

        @Nullable @Schema(description = "Whether the verdict means a success; null where it is not plain")
        Boolean success,

        @Nullable LeadScore leadScore,

        @Nullable String recordingUrl,

        @Schema(description = "What else the provider tells: its own ids, mostly")
        Map<String, Object> metadata,

        @Nullable @Schema(description = "When numbers, names and texts were removed, at the person's request")
        OffsetDateTime erasedAt,

        @Nullable @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Only where a single call is shown")
        String transcript,

        @Nullable
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Only of a leg: the call of which it is one")
        UUID headId,

        @Nullable
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description =
                        "Only where a single call is shown, and not of a leg: what it is made of, beside its own row")
        List<CallLeg> legs,

        @Nullable
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description =
                        "Only where a single call is shown: what its assistant asked tools for, in order, the first 500")
        List<ToolCallView> toolCalls,

        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    /** 0.0444, not 0.044400; 10, not 1E+1. */
    static @Nullable BigDecimal plain(@Nullable BigDecimal cost) {
        if (cost == null) {
            return null;
        }
        var stripped = cost.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
