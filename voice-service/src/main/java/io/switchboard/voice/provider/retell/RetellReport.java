package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Translates what Retell reports of a call beside its state, times and numbers. */
final class RetellReport {
    private final JsonNode call;

    private final @Nullable String endedReason;

    /** @param endedReason null unless the call is over */
    RetellReport(JsonNode call, @Nullable String endedReason) {
        this.call = call;
        this.endedReason = endedReason;
    }

    /** Of a call that an event shows while it is about something else. */
    Report inPassing() {
        return Report.NONE
                .with(ReportField.ENDED_REASON, endedReason)
                .with(ReportField.CARRIER_CALL_ID, carrierCallId(call));
    }

    /** @param talkSeconds null unless it was answered */
    Report whole(@Nullable Boolean answered, @Nullable Integer talkSeconds) {
        BigDecimal cost = cost();
        String summary = Json.text(call, "/call_analysis/call_summary");
        String successful = Json.text(call, "/call_analysis/call_successful");
        return inPassing()
                .with(ReportField.DURATION_SECONDS, talkSeconds)
                .with(ReportField.COST, cost)
                .with(ReportField.CURRENCY, cost == null ? null : "USD")
                .with(ReportField.TOKENS, tokens())
                .with(ReportField.SUMMARY, CleanField.cut(summary, CleanField.SUMMARY))
                .withEvaluation(successful)
                .with(ReportField.RECORDING_URL, CleanField.url(recordingUrl()))
                .with(ReportField.LEAD_SCORE, leadScore())
                .with(ReportField.ANSWERED_BY, answeredBy(answered));
    }

    /** Of Twilio, the only carrier whose ids Retell tells. */
    static @Nullable String carrierCallId(JsonNode call) {
        return CleanField.cut(Json.text(call, "/telephony_identifier/twilio_call_sid"), CleanField.NAME);
    }

    /** Retell counts in cents. */
    private @Nullable BigDecimal cost() {
        BigDecimal cents = Json.number(call, "/call_cost/combined_cost");
        return cents == null ? null : CleanField.cost(cents.movePointLeft(2));
    }

    /** Of all requests to the language model; null where none is told. */
    private @Nullable Integer tokens() {
        return Json.sumOfCounts(call.at("/llm_token_usage/values").valueStream());
    }

    /** Signed ones open for 24 hours only. */
    private @Nullable String recordingUrl() {
        return Json.text(
                call,
                "/recording_url",
                "/scrubbed_recording_url",
                "/recording_multi_channel_url",
                "/scrubbed_recording_multi_channel_url");
    }

    private @Nullable AnsweredBy answeredBy(@Nullable Boolean answered) {
        JsonNode voicemail = call.at("/call_analysis/in_voicemail");
        if (RetellEnding.of(endedReason) == RetellEnding.MACHINE || voicemail.asBoolean()) {
            return AnsweredBy.MACHINE;
        }
        return voicemail.isBoolean() && Boolean.TRUE.equals(answered) ? AnsweredBy.HUMAN : null;
    }

    private @Nullable LeadScore leadScore() {
        return LeadScore.read(Json.text(
                call,
                "/call_analysis/custom_analysis_data/leadScore",
                "/call_analysis/custom_analysis_data/lead_score"));
    }
}
