package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.kit.phone.PlaceholderNames;
import io.switchboard.kit.value.BoundedNumbers;
import io.switchboard.voice.provider.CallEvent.Kind;
import io.switchboard.voice.provider.CleanField;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Report;
import io.switchboard.voice.provider.ReportField;
import java.math.BigDecimal;
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
                .withEvaluation(CleanField.cut(analysis.successEvaluation(), CleanField.VERDICT))
                .with(ReportField.RECORDING_URL, last ? CleanField.url(recordingUrl()) : null)
                .with(ReportField.CUSTOMER_NAME, customerName())
                .with(ReportField.LEAD_SCORE, analysis.leadScore())
                .with(ReportField.CARRIER_CALL_ID, carrierCallId(message));
    }

    static @Nullable String carrierCallId(JsonNode message) {
        return CleanField.cut(Json.text(message, "/call/phoneCallProviderId"), CleanField.NAME);
    }

    /** Of all language models; null where none is told. */
    private @Nullable Integer tokens() {
        BigDecimal sum = null;
        for (JsonNode part : message.path("costs")) {
            for (String pointer : new String[] {"/promptTokens", "/completionTokens"}) {
                BigDecimal tokens = "model".equals(part.path("type").asText()) ? Json.number(part, pointer) : null;
                if (tokens != null) {
                    sum = sum == null ? tokens : sum.add(tokens);
                }
            }
        }
        return BoundedNumbers.count(sum, Integer.MAX_VALUE);
    }

    private @Nullable String customerName() {
        String told = Json.text(message, "/call/customer/name", "/customer/name");
        return PlaceholderNames.nameOrNull(CleanField.cut(told, CleanField.NAME));
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
