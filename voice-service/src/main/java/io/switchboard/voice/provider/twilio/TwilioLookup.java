package io.switchboard.voice.provider.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.ProviderRequest;
import io.switchboard.voice.provider.RecordingSource;
import io.switchboard.voice.signature.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Twilio's API shows a call under other names than its callbacks. */
final class TwilioLookup {
    private static final String ACCOUNTS = "https://api.twilio.com/2010-04-01/Accounts/";
    private static final Pattern CALL = Pattern.compile("CA[0-9a-fA-F]{32}");

    /** What the API calls a callback's parameter. */
    private static final Map<String, String> NAMES = Map.of(
            "CallSid", "/sid",
            "CallStatus", "/status",
            "Direction", "/direction",
            "From", "/from",
            "To", "/to",
            "CallDuration", "/duration",
            "Timestamp", "/end_time",
            "AnsweredBy", "/answered_by",
            "ParentCallSid", "/parent_call_sid",
            "Price", "/price");

    private TwilioLookup() {}

    /** @param apiKey the account's SID, a colon and its token */
    static List<ProviderRequest> find(String callId, List<String> otherIds, String apiKey) {
        int colon = apiKey.indexOf(':');
        return colon > 0 && CALL.matcher(callId).matches()
                ? List.of(new ProviderRequest(
                        ACCOUNTS + apiKey.substring(0, colon) + "/Calls/" + callId + ".json",
                        RecordingSource.basic(apiKey)))
                : List.of();
    }

    /** The call as a callback tells of it. */
    static TwilioRequest request(JsonNode call) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        NAMES.forEach((name, pointer) -> {
            String value = Json.text(call, pointer);
            if (value != null) {
                parameters.put(name, List.of(value));
            }
        });
        String currency = Json.text(call, "/price_unit");
        if (currency != null) {
            parameters.put("PriceUnit", List.of(currency));
        }
        return TwilioRequest.of(new Form(parameters));
    }
}
