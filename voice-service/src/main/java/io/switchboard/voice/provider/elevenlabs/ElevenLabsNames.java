package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.IdentifiedEvent.Repeat;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Signature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Identifies ElevenLabs' deliveries, which have no id of their own: an event by its conversation and type, the start of a
 * conversation by its call, a tool by its conversation and arguments. It reads to the end without building a tree: a body
 * that is cut short must not get the id of the whole one.
 */
final class ElevenLabsNames {
    static final String TRANSCRIPTION = "post_call_transcription";
    static final String AUDIO = "post_call_audio";
    static final String FAILURE = "call_initiation_failure";
    /** A conversation as OpenTelemetry spans. */
    static final String SPANS = "post_call_transcription_otel";

    /** Asks what the agent should know, before there is a conversation. */
    static final String INITIATION = "conversation-initiation";

    /** An agent's tool; its arguments are the body. */
    static final String TOOL = "tool";

    private static final Set<String> OF_CALLS = Set.of(TRANSCRIPTION, AUDIO, FAILURE, SPANS);
    private static final Set<String> WANTED = Set.of(
            "/type",
            "/event_timestamp",
            "/data/conversation_id",
            "/conversation_id",
            "/agent_id",
            "/called_number",
            "/call_sid");

    private final byte[] body;
    /** Texts by JSON pointer, and the time. */
    private final Map<String, String> values = new HashMap<>();

    private boolean hasData;

    private ElevenLabsNames(byte[] body) {
        this.body = body;
    }

    static IdentifiedEvent identify(byte[] body) {
        ElevenLabsNames names = new ElevenLabsNames(body);
        try (JsonParser json = Json.FACTORY.createParser(body)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                names.read(json, "");
            }
            return json.nextToken() == null
                    ? names.event()
                    : IdentifiedEvent.malformed(body, "The body is not one JSON object.");
        } catch (IOException e) {
            return IdentifiedEvent.malformed(body, "The body is not JSON.");
        }
    }

    /** Whether it is of the two kinds that ElevenLabs does not sign. */
    static boolean isUnsigned(byte[] body) {
        String type = identify(body).type();
        return type.equals(INITIATION) || type.equals(TOOL);
    }

    private IdentifiedEvent event() {
        String type = values.get("/type");
        if (type != null && hasData) {
            return postCall(type);
        }
        String call = values.get("/call_sid");
        if (call != null && values.containsKey("/agent_id") && values.containsKey("/called_number")) {
            return IdentifiedEvent.of(call + ":" + INITIATION, INITIATION, null, body);
        }
        String conversation = values.get("/conversation_id");
        return conversation == null
                ? IdentifiedEvent.malformed(body, "The body names no event, no start of a conversation and no tool.")
                : IdentifiedEvent.of(
                        conversation + ":" + TOOL + ":" + Signature.hex(Signature.sha256(body)), TOOL, null, body);
    }

    private IdentifiedEvent postCall(String type) {
        String conversation = values.get("/data/conversation_id");
        String subject = conversation != null ? conversation : values.get("/event_timestamp");
        if (subject == null) {
            return IdentifiedEvent.malformed(body, "The event has no conversation and no time.");
        }
        String call = OF_CALLS.contains(type) ? conversation : null;
        Repeat repeat = type.equals(AUDIO) ? Repeat.IGNORED : Repeat.ADDED;
        return IdentifiedEvent.named(subject + ":" + type, type, call, repeat, null, body);
    }

    private void read(JsonParser json, String within) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String pointer = within + "/" + json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && pointer.equals("/data")) {
                hasData = true;
                read(json, pointer);
            } else if (WANTED.contains(pointer)) {
                readValue(json, pointer, value);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readValue(JsonParser json, String pointer, JsonToken value) throws IOException {
        boolean isTime = value.isNumeric() && pointer.equals("/event_timestamp");
        if ((isTime || value == JsonToken.VALUE_STRING) && !json.getText().isBlank()) {
            values.put(pointer, json.getText());
        } else {
            json.skipChildren();
        }
    }
}
