package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchboard.voice.provider.ProviderRequest;
import io.switchboard.voice.provider.RecordingSource;
import java.util.List;
import java.util.regex.Pattern;

/** Retell's API shows a call as its webhooks do. */
final class RetellLookup {
    private static final String CALL = "https://api.retellai.com/v2/get-call/";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private RetellLookup() {}

    static List<ProviderRequest> find(String callId, List<String> otherIds, String apiKey) {
        return ID.matcher(callId).matches()
                ? List.of(new ProviderRequest(CALL + callId, RecordingSource.bearer(apiKey)))
                : List.of();
    }

    /** The call as a webhook has it. */
    static JsonNode event(JsonNode call) {
        return JsonNodeFactory.instance.objectNode().set("call", call);
    }
}
