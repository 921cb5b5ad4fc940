package io.switchboard.voice.provider.twilio;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.signature.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Event Streams: arrays of CloudEvents, repeated and in any order. Each element is kept by itself, since a
 * later batch may hold some of them again beside new ones.
 */
final class TwilioEvents {
    private static final String ID = "/id";
    private static final String TYPE = "/type";
    private static final String CALL = "/data/request/parameters/CallSid";
    private static final Set<String> NAMES = Set.of(ID, TYPE, CALL);

    private TwilioEvents() {}

    /** @param most events; a body of more is malformed as a whole, and is not read to its end */
    static List<IdentifiedEvent> identify(byte[] body, int most) {
        try (JsonParser json = Json.FACTORY.createParser(body)) {
            List<IdentifiedEvent> events = new ArrayList<>();
            boolean several = json.nextToken() == JsonToken.START_ARRAY;
            JsonToken next = several ? json.nextToken() : json.currentToken();
            while (next != null && next != JsonToken.END_ARRAY) {
                if (events.size() == most) {
                    return IdentifiedEvent.malformed(body, "The delivery has more than " + most + " events.")
                            .alone();
                }
                events.add(event(json, body));
                next = json.nextToken();
            }
            return several == (next != null) && json.nextToken() == null
                    ? List.copyOf(events)
                    : IdentifiedEvent.malformed(body, "The body is not one JSON document.")
                            .alone();
        } catch (IOException e) {
            return IdentifiedEvent.malformed(body, "The body is not JSON.").alone();
        }
    }

    /** Null for elements without a call's parameters. */
    static @Nullable CallEvent callEvent(RawEvent event) {
        JsonNode element = Json.tree(event.body());
        Map<String, List<String>> params = new LinkedHashMap<>();
        element.at("/data/request/parameters").properties().forEach(param -> {
            String value = Json.text(param.getValue(), "");
            if (value != null) {
                params.put(param.getKey(), List.of(value));
            }
        });
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

    /** The event at the parser's position, with its own bytes. */
    private static IdentifiedEvent event(JsonParser json, byte[] body) throws IOException {
        int start = (int) json.currentTokenLocation().getByteOffset();
        Map<String, String> names = new HashMap<>();
        if (json.currentToken() == JsonToken.START_OBJECT) {
            readNames(json, "", names);
        } else {
            json.skipChildren();
        }
        json.finishToken();
        byte[] element =
                Arrays.copyOfRange(body, start, (int) json.currentLocation().getByteOffset());
        String id = names.get(ID);
        String type = names.get(TYPE);
        return id == null || type == null
                ? IdentifiedEvent.malformed(element, "The event has no id or no type.")
                : IdentifiedEvent.of(id, type, names.get(CALL), element);
    }

    /** The values at the pointers that name an event, by pointer; all others are skipped. */
    private static void readNames(JsonParser json, String within, Map<String, String> names) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String pointer = within + "/" + json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && CALL.startsWith(pointer + "/")) {
                readNames(json, pointer, names);
            } else if (value.isScalarValue() && NAMES.contains(pointer)) {
                names.put(pointer, value == JsonToken.VALUE_NULL ? null : CleanField.orNull(json.getText()));
            } else {
                json.skipChildren();
            }
        }
    }
}
