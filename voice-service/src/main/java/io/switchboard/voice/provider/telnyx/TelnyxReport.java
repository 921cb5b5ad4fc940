package io.switchboard.voice.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an event of call control reports beside states, times and words. */
final class TelnyxReport {
    private final String type;
    private final TelnyxPayload payload;
    private final @Nullable CallDirection direction;

    TelnyxReport(String type, TelnyxPayload payload, @Nullable CallDirection direction) {
        this.type = type;
        this.payload = payload;
        this.direction = direction;
    }

    Report report() {
        return switch (type) {
            case "call.initiated" -> Report.NONE.with(ReportField.CUSTOMER_NAME, callerName());
            case "call.hangup" ->
                Report.NONE.with(ReportField.ENDED_REASON, CleanField.reason(payload.text("/hangup_cause")));
            case "call.cost" -> cost();
            case "call.recording.saved" -> Report.NONE.with(ReportField.RECORDING_URL, recording());
            case "call.conversation_insights.generated" -> insights();
            case "call.machine.detection.ended", "call.machine.premium.detection.ended" ->
                Report.NONE.with(ReportField.ANSWERED_BY, detected());
            case "call.machine.greeting.ended", "call.machine.premium.greeting.ended" ->
                Report.NONE.with(ReportField.ANSWERED_BY, greeted());
            default -> Report.NONE;
        };
    }

    static Map<String, String> metadata(String type, TelnyxPayload payload) {
        Map<String, @Nullable String> found = new HashMap<>();
        found.put("connectionId", payload.text("/connection_id"));
        found.put("hangupSource", payload.text("/hangup_source"));
        found.put("sipHangupCause", payload.text("/sip_hangup_cause"));
        found.put("shakenAttestation", payload.text("/shaken_stir_attestation"));
        found.put("recordingId", payload.text("/recording_id"));
        found.put("assistantId", payload.text("/assistant_id"));
        found.put("conversationId", payload.text("/conversation_id"));
        switch (type) {
            case "call.recording.error" -> found.put("recordingError", payload.text("/reason"));
            case "call.conversation.ended" -> {
                found.put("conversationSeconds", payload.text("/duration_sec"));
                found.put("conversationReason", payload.text("/reason"));
            }
            case "call.deepfake_detection.result" -> {
                found.put("deepfakeResult", payload.text("/result"));
                found.put("deepfakeScore", payload.text("/score"));
                found.put("deepfakeConsistency", payload.text("/consistency"));
            }
            case "call.deepfake_detection.error" -> found.put("deepfakeError", deepfakeError(payload));
            default -> {
                if (type.startsWith("call.machine.")) {
                    found.put("answeredBy", payload.text("/result"));
                }
            }
        }
        return CleanField.entries(found);
    }

    private static @Nullable String deepfakeError(TelnyxPayload payload) {
        String told = payload.text("/error");
        return told == null ? payload.text("/reason") : told;
    }

    private @Nullable String callerName() {
        return direction == CallDirection.INBOUND ? CleanField.personName(payload.text("/caller_id_name")) : null;
    }

    /** A status other than "success" means that Telnyx could not work the cost out. */
    private Report cost() {
        String status = payload.text("/status");
        boolean known = status == null || status.equals("success");
        BigDecimal cost = known ? CleanField.cost(Json.number(payload.json(), "/total_cost")) : null;
        return Report.NONE.with(ReportField.COST, cost).with(ReportField.CURRENCY, cost == null ? null : currency());
    }

    private String currency() {
        String told = CleanField.currency(payload.text("/cost_parts/0/currency"));
        return told == null ? "USD" : told;
    }

    /** The public link first: the other one stops opening after ten minutes. */
    private @Nullable String recording() {
        String url = Json.text(
                payload.json(),
                "/public_recording_urls/mp3",
                "/public_recording_urls/wav",
                "/recording_urls/mp3",
                "/recording_urls/wav");
        return CleanField.url(url);
    }

    /** Insights are what the tenant asked for: texts are taken as the summary, fields by their usual names. */
    private Report insights() {
        JsonNode results = payload.json().path("results");
        String summary = results.valueStream()
                .map(insight -> insight.path("result").isTextual() ? Json.text(insight, "/result") : null)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
        String evaluation = first(results, "/result/successEvaluation", "/result/call_successful", "/result/success");
        return Report.NONE
                .with(ReportField.SUMMARY, CleanField.cut(summary, CleanField.SUMMARY))
                .with(ReportField.LEAD_SCORE, LeadScore.read(first(results, "/result/leadScore", "/result/lead_score")))
                .withEvaluation(evaluation);
    }

    private static @Nullable String first(JsonNode results, String... pointers) {
        return results.valueStream()
                .map(insight -> Json.text(insight, pointers))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable AnsweredBy detected() {
        String result = payload.text("/result");
        return result == null ? null : TelnyxMachine.answeredBy(result);
    }

    private @Nullable AnsweredBy greeted() {
        String result = payload.text("/result");
        return result != null && TelnyxMachine.isGreeting(result) ? AnsweredBy.MACHINE : null;
    }
}
