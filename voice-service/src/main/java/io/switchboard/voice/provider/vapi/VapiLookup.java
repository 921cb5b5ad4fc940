package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.provider.ProviderRequest;
import io.switchboard.voice.provider.RecordingSource;
import java.util.List;
import java.util.regex.Pattern;

/** Vapi's API shows a call with all that its report would have told. */
final class VapiLookup {
    private static final String CALL = "https://api.vapi.ai/call/";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private VapiLookup() {}

    static List<ProviderRequest> find(String callId, List<String> otherIds, String apiKey) {
        return ID.matcher(callId).matches()
                ? List.of(new ProviderRequest(CALL + callId, RecordingSource.bearer(apiKey)))
                : List.of();
    }

    /** The call as the message that tells of it: some of a call's fields are the message's there. */
    static JsonNode message(JsonNode call) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        if (call instanceof ObjectNode fields) {
            message.setAll(fields);
            message.set("call", fields);
        }
        return message;
    }
}
