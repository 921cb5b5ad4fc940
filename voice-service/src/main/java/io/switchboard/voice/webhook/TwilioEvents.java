package io.switchboard.voice.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Event Streams: arrays of CloudEvents, repeated and in any order. Each element is kept by itself, since a
 * later batch may hold some of them again beside new ones.
 */
final class TwilioEvents {
    private static final String CALL = "/data/request/parameters/CallSid";

    private TwilioEvents() {}

    static boolean isJson(byte[] body) {
        int i = 0;
        while (i < body.length && body[i] <= ' ') {
            i++;
        }
        return i < body.length && (body[i] == '[' || body[i] == '{');
    }

    static List<Notice> notices(byte[] body) {
        try (JsonParser json = Json.FACTORY.createParser(body)) {
            List<Notice> notices = new ArrayList<>();
            boolean several = json.nextToken() == JsonToken.START_ARRAY;
            JsonToken next = several ? json.nextToken() : json.currentToken();
            while (next != null && next != JsonToken.END_ARRAY) {
                notices.add(notice(element(json, body)));
                next = json.nextToken();
            }
            return several == (next != null) && json.nextToken() == null
                    ? List.copyOf(notices)
                    : Notice.malformed(body, "not one JSON document").alone();
        } catch (IOException | Untranslatable e) {
            return Notice.malformed(body, "not JSON").alone();
        }
    }

    /** Null for the elements that show no call's parameters. */
    static @Nullable CallEvent callEvent(RawEvent event) {
        JsonNode element = Json.tree(event.body());
        Map<String, List<String>> params = new LinkedHashMap<>();
        element.at("/data/request/parameters")
                .properties()
                .forEach(param ->
                        params.put(param.getKey(), List.of(param.getValue().asText())));
        // what a callback's parameters name is a change of state, though they are abridged here
        if (params.containsKey("CallStatus") && !params.containsKey("CallbackSource") && isCallback(event.type())) {
            params.put("CallbackSource", List.of("call-progress-events"));
        }
        return new TwilioCallback(
                        TwilioRequest.of(new Form(params)),
                        event.receivedAt(),
                        Json.time(element, "/data/timestamp", "/time"))
                .callEvent();
    }

    private static boolean isCallback(String type) {
        return type.startsWith("com.twilio.voice.status-callback.");
    }

    private static Notice notice(byte[] element) {
        JsonNode event = Json.tree(element);
        String id = Json.text(event, "/id");
        String type = Json.text(event, "/type");
        return id == null || type == null
                ? Notice.malformed(element, "an event without id or type")
                : Notice.of(id, type, Json.text(event, CALL), element);
    }

    /** The very bytes of the value at which the parser stands. */
    private static byte[] element(JsonParser json, byte[] body) throws IOException {
        int start = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        return Arrays.copyOfRange(body, start, (int) json.currentLocation().getByteOffset());
    }
}
