package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Json;
import org.jspecify.annotations.Nullable;

/** Translates what ElevenLabs reports of a conversation beside its state, times and numbers. */
final class ElevenLabsReport {
    private static final String USAGE = "/metadata/charging/llm_usage/";
    private static final String VOICEMAIL = "voicemail_detection";

    private final JsonNode data;

    ElevenLabsReport(JsonNode data) {
        this.data = data;
    }

    /** Without a cost: ElevenLabs counts credits. Without a recording: it is read by the API. */
    Report told(@Nullable Boolean answered, @Nullable Integer seconds) {
        String reason = Json.text(data, "/metadata/termination_reason", "/metadata/error/reason");
        String summary = Json.text(data, "/analysis/transcript_summary");
        String successful = Json.text(data, "/analysis/call_successful");
        return Report.NONE
                .with(ReportField.ENDED_REASON, CleanField.reason(reason))
                .with(ReportField.DURATION_SECONDS, seconds)
                .with(ReportField.TOKENS, tokens())
                .with(ReportField.SUMMARY, CleanField.cut(summary, CleanField.SUMMARY))
                .withEvaluation(successful)
                .with(ReportField.LEAD_SCORE, leadScore())
                .with(ReportField.ANSWERED_BY, answeredBy(answered))
                .with(ReportField.CARRIER_CALL_ID, carrierCallId(data));
    }

    static @Nullable String carrierCallId(JsonNode data) {
        return CleanField.cut(Json.text(data, "/metadata/phone_call/call_sid"), CleanField.NAME);
    }

    /** Of all language models; null where none is told. */
    private @Nullable Integer tokens() {
        return Json.sumOfCounts(data.at(USAGE + "irreversible_generation/model_usage")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .map(category -> category.path("tokens")));
    }

    /** An agent that finds a voicemail runs a tool of that name, if it has it. */
    private @Nullable AnsweredBy answeredBy(@Nullable Boolean answered) {
        JsonNode detection = data.at("/metadata/features_usage/" + VOICEMAIL);
        if (detection.path("used").asBoolean() || ElevenLabsTalk.ran(data.path("transcript"), VOICEMAIL)) {
            return AnsweredBy.MACHINE;
        }
        return detection.path("enabled").asBoolean() && Boolean.TRUE.equals(answered) ? AnsweredBy.HUMAN : null;
    }

    private @Nullable LeadScore leadScore() {
        return LeadScore.read(Json.text(
                data,
                "/analysis/data_collection_results/leadScore/value",
                "/analysis/data_collection_results/lead_score/value"));
    }
}
