package io.switchboard.voice.provider.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.ProviderRequest;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.RecordingSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Vonage's API shows a call much as its events do; a conversation without a call it cannot be asked for. */
final class VonageLookup {
    private static final String CALLS = "https://api.nexmo.com/v1/calls/";
    private static final Pattern CALL = Pattern.compile("[0-9a-fA-F-]{36}");

    private VonageLookup() {}

    /** @param apiKey the application's id, a colon and its private key in Base64 */
    static List<ProviderRequest> find(String callId, List<String> otherIds, String apiKey) {
        String token = CALL.matcher(callId).matches() ? VonageApplication.token(apiKey) : null;
        return token == null ? List.of() : List.of(new ProviderRequest(CALLS + callId, RecordingSource.bearer(token)));
    }

    /** The status names the event, as of those that Vonage sends. */
    static @Nullable CallEvent callEvent(JsonNode call, RawEvent raw) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        if (call instanceof ObjectNode fields) {
            event.setAll(fields);
        }
        event.put("from", Json.text(call, "/from/number", "/from/uri", "/from/user"));
        event.put("to", Json.text(call, "/to/number", "/to/uri", "/to/user"));
        event.put("timestamp", Json.text(call, "/end_time", "/start_time"));
        RawEvent named =
                new RawEvent(String.valueOf(Json.text(call, "/status")), raw.revision(), raw.body(), raw.receivedAt());
        return new VonageEvent(event, named).callEvent();
    }
}
