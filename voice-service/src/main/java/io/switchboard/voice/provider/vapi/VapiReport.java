package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Json;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Translates what one of Vapi's messages reports of its call beside state, times and numbers. */
final class VapiReport {
    private final JsonNode message;
    private final Kind kind;

    VapiReport(JsonNode message, Kind kind) {
        this.message = message;
        this.kind = kind;
    }

    /**
     * @param endedReason null unless the call is over
     * @param talkSeconds null unless the report states them
     */
    Report told(@Nullable String endedReason, @Nullable Integer talkSeconds) {
        boolean last = kind == Kind.REPORT;
        boolean summed = last || kind == Kind.CHANGE; // in other messages these fields are a single utterance
        String summary = summed ? Json.text(message, "/analysis/summary", "/summary") : null;
        BigDecimal cost = last ? cost() : null;
        VapiAnalysis analysis = new VapiAnalysis(message);
        return Report.NONE
                .with(ReportField.ENDED_REASON, endedReason)
                .with(ReportField.DURATION_SECONDS, talkSeconds)
                .with(ReportField.COST, cost)
                .with(ReportField.CURRENCY, cost == null ? null : "USD")
                .with(ReportField.TOKENS, last ? tokens() : null)
                .with(ReportField.SUMMARY, CleanField.cut(summary, CleanField.SUMMARY))
                .withEvaluation(analysis.successEvaluation())
                .with(ReportField.RECORDING_URL, last ? CleanField.url(recordingUrl()) : null)
                .with(ReportField.CUSTOMER_NAME, customerName())
                .with(ReportField.LEAD_SCORE, analysis.leadScore())
                .with(
                        ReportField.ANSWERED_BY,
                        VapiEnding.of(endedReason) == VapiEnding.MACHINE ? AnsweredBy.MACHINE : null)
                .with(ReportField.CARRIER_CALL_ID, carrierCallId(message));
    }

    static @Nullable String carrierCallId(JsonNode message) {
        return CleanField.cut(Json.text(message, "/call/phoneCallProviderId"), CleanField.NAME);
    }

    /** Of all language models; null where none is told. */
    private @Nullable Integer tokens() {
        return Json.sumOfCounts(message.path("costs")
                .valueStream()
                .filter(part -> "model".equals(part.path("type").asText()))
                .flatMap(part -> Stream.of(part.path("promptTokens"), part.path("completionTokens"))));
    }

    private @Nullable String customerName() {
        return CleanField.personName(Json.text(message, "/call/customer/name", "/customer/name"));
    }

    private @Nullable BigDecimal cost() {
        for (String pointer : new String[] {"/cost", "/costBreakdown/total", "/call/cost"}) {
            BigDecimal cost = CleanField.cost(Json.number(message, pointer));
            if (cost != null) {
                return cost;
            }
        }
        return null;
    }

    private @Nullable String recordingUrl() {
        return Json.text(
                message,
                "/artifact/recordingUrl",
                "/artifact/recording/mono/combinedUrl",
                "/artifact/stereoRecordingUrl",
                "/artifact/recording/stereoUrl",
                "/recordingUrl",
                "/stereoRecordingUrl");
    }
}
