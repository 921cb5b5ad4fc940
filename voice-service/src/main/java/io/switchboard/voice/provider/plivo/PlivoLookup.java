package io.switchboard.voice.provider.plivo;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.ProviderRequest;
import io.switchboard.voice.provider.RecordingSource;
import io.switchboard.voice.signature.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Plivo's API has calls that are over in one place, and live ones in another, each under names of its own. */
final class PlivoLookup {
    private static final String ACCOUNTS = "https://api.plivo.com/v1/Account/";
    private static final Pattern CALL = Pattern.compile("[A-Za-z0-9-]{1,100}");

    /** What the API calls a callback's parameter, of a call that is over and of a live one. */
    private static final Map<String, String[]> NAMES = Map.ofEntries(
            Map.entry("CallUUID", new String[] {"/call_uuid"}),
            Map.entry("ParentCallUUID", new String[] {"/parent_call_uuid"}),
            Map.entry("Direction", new String[] {"/call_direction", "/direction"}),
            Map.entry("From", new String[] {"/from_number", "/from"}),
            Map.entry("To", new String[] {"/to_number", "/to"}),
            Map.entry("CallStatus", new String[] {"/call_status"}),
            Map.entry("StartTime", new String[] {"/initiation_time"}),
            Map.entry("AnswerTime", new String[] {"/answer_time"}),
            Map.entry("EndTime", new String[] {"/end_time"}),
            Map.entry("Duration", new String[] {"/call_duration"}),
            Map.entry("TotalCost", new String[] {"/total_amount"}),
            Map.entry("HangupCauseName", new String[] {"/hangup_cause_name"}),
            Map.entry("HangupCauseCode", new String[] {"/hangup_cause_code"}),
            Map.entry("HangupSource", new String[] {"/hangup_source"}));

    private PlivoLookup() {}

    /** @param apiKey the Auth ID, a colon and the Auth Token */
    static List<ProviderRequest> find(String callId, List<String> otherIds, String apiKey) {
        int colon = apiKey.indexOf(':');
        if (colon < 1 || !CALL.matcher(callId).matches()) {
            return List.of();
        }
        String call = ACCOUNTS + apiKey.substring(0, colon) + "/Call/" + callId + "/";
        Map<String, String> headers = RecordingSource.basic(apiKey);
        return List.of(new ProviderRequest(call, headers), new ProviderRequest(call + "?status=live", headers));
    }

    /** The call as a callback tells of it. Only a call that is over has an end, and one without an answer was not completed. */
    static PlivoRequest request(JsonNode call) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        NAMES.forEach((name, pointers) -> {
            String value = Json.text(call, pointers);
            if (value != null) {
                parameters.put(name, List.of(value));
            }
        });
        if (parameters.containsKey("EndTime")) {
            parameters.put("Event", List.of("Hangup"));
            parameters.put("CallStatus", List.of("completed"));
        }
        return PlivoRequest.of(new Form(parameters));
    }
}
