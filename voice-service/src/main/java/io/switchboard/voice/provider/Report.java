package io.switchboard.voice.provider;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a provider reports of a call beside its state, times and numbers.
 *
 * @param endedReason the provider's word, as it came
 * @param durationSeconds as the provider counts it, at most {@link #MOST_SECONDS}
 * @param cost in the provider's currency, six decimals
 * @param transcript lines that begin with {@code AI:} or {@code User:}, where the provider tells them apart
 * @param carrierCallId the call's id at the carrier beneath the provider, such as Twilio's CallSid of a Vapi call
 * @param parentCallId the call of which this one is only a leg
 */
public record Report(
        @Nullable String endedReason,
        @Nullable Integer durationSeconds,
        @Nullable BigDecimal cost,
        @Nullable String transcript,
        @Nullable String summary,
        @Nullable String successEvaluation,
        @Nullable String recordingUrl,
        @Nullable String customerName,
        @Nullable LeadScore leadScore,
        @Nullable String carrierCallId,
        @Nullable String parentCallId) {
    /** No provider's calls last longer; a longer one is a time misread. */
    public static final int MOST_SECONDS = 30 * 24 * 3_600;
}
