package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.switchboard.kit.value.BoundedNumbers;
import io.switchboard.kit.value.Times;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.IdentifiedEvent.Repeat;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.signature.Signature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Identifies Retell's events, which have no id of their own, by the fields that make each of them one event. It reads to the
 * end without building a tree: a body that is cut short must not get the id of the whole one.
 */
final class RetellNames {
    /** Asks which agent takes an inbound call, before there is a call. */
    static final String INBOUND = "call_inbound";

    /** A custom function that an agent runs. */
    static final String FUNCTION = "function";

    private static final String CALL_ID = "/call/call_id";
    private static final String CHAT_ID = "/chat/chat_id";
    private static final String ARGUMENTS = "/args";
    private static final String TURNS = "/call/transcript_object";
    private static final String TALK = "/call/transcript_with_tool_calls";
    private static final Set<String> OBJECTS = Set.of("/call", "/chat", "/call_inbound", "/chat_inbound");
    private static final Set<String> HASHED = Set.of(ARGUMENTS, "/transfer_destination", "/call/transfer_destination");
    private static final Set<String> TEXTS = Set.of("/event", "/name", CALL_ID, CHAT_ID);
    private static final Set<String> TEXTS_OR_NUMBERS = Set.of(
            "/event_timestamp",
            "/call/start_timestamp",
            "/call/transfer_end_timestamp",
            "/call_inbound/from_number",
            "/call_inbound/to_number",
            "/chat_inbound/from_number",
            "/chat_inbound/to_number");

    private final byte[] body;
    private final @Nullable String signedAt;
    /** By JSON pointer. */
    private final Map<String, String> values = new HashMap<>();

    private int invocations;
    private @Nullable String lastWordEnd;

    private RetellNames(byte[] body, @Nullable String signedAt) {
        this.body = body;
        this.signedAt = signedAt;
    }

    /** @param signedAt in milliseconds; names what states no time of its own */
    static IdentifiedEvent identify(byte[] body, @Nullable String signedAt) {
        RetellNames names = new RetellNames(body, signedAt);
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

    private IdentifiedEvent event() {
        String event = values.get("/event");
        if (event == null) {
            return function();
        }
        if (event.endsWith("_inbound")) {
            return named(event, null, event, of(event, "from_number"), of(event, "to_number"), time());
        }
        String call = values.get(CALL_ID);
        String subject = call != null ? call : values.get(CHAT_ID);
        if (subject == null) {
            return time() == null
                    ? IdentifiedEvent.malformed(body, "The event has no call, no chat and no time.")
                    : named(event, null, event, time());
        }
        return switch (event) {
            case "call_started", "chat_started" -> named(event, call, subject, event);
            case "transcript_updated" ->
                IdentifiedEvent.named(subject + ":" + event, event, call, Repeat.REPLACED, saidAt(), body);
            default ->
                event.startsWith("transfer_")
                        ? named(event, call, subject, event, transfer())
                        : IdentifiedEvent.named(subject + ":" + event, event, call, Repeat.ADDED, null, body);
        };
    }

    /** The same function may run twice with the same arguments; then more invocations have gone before it. */
    private IdentifiedEvent function() {
        String name = values.get("/name");
        String call = values.get(CALL_ID);
        String arguments = values.get(ARGUMENTS);
        if (name == null || call == null && arguments == null) {
            return IdentifiedEvent.malformed(body, "The body names no event and no function with its arguments.");
        }
        return call == null
                ? named(FUNCTION, null, FUNCTION, name, arguments, time())
                : named(FUNCTION, call, call, name, arguments, Integer.toString(invocations));
    }

    private IdentifiedEvent named(String type, @Nullable String call, @Nullable String... parts) {
        return IdentifiedEvent.of(IdentifiedEvent.key(parts), type, call, body);
    }

    private @Nullable String of(String object, String field) {
        return values.get("/" + object + "/" + field);
    }

    private @Nullable String time() {
        String told = values.get("/event_timestamp");
        return told == null ? signedAt : told;
    }

    /** Hash of the destination and the end of the transfer. */
    private String transfer() {
        String destination =
                values.getOrDefault("/transfer_destination", values.getOrDefault("/call/transfer_destination", ""));
        String end = values.getOrDefault("/call/transfer_end_timestamp", "");
        return Signature.hex(Signature.sha256(Signature.utf8(destination + end)));
    }

    /** When the last word was said; a transcript that tells no times is as new as its signature. */
    private @Nullable Instant saidAt() {
        Instant said = saidAt(Times.read(values.get("/call/start_timestamp")), BoundedNumbers.decimal(lastWordEnd));
        return said == null ? Times.read(signedAt) : said;
    }

    /** @param seconds since the start */
    static @Nullable Instant saidAt(@Nullable Instant start, @Nullable BigDecimal seconds) {
        Integer millis = seconds == null ? null : BoundedNumbers.count(seconds.movePointRight(3), Integer.MAX_VALUE);
        return start == null || millis == null ? null : Times.shifted(start, Duration.ofMillis(millis));
    }

    private void read(JsonParser json, String within) throws IOException {
        eachField(json, (name, value) -> {
            String pointer = within + "/" + name;
            if (value == JsonToken.START_OBJECT && OBJECTS.contains(pointer)) {
                read(json, pointer);
            } else if (HASHED.contains(pointer)) {
                values.put(pointer, hash(json));
            } else if (value == JsonToken.START_ARRAY && pointer.equals(TALK)) {
                countInvocations(json);
            } else if (value == JsonToken.START_ARRAY && pointer.equals(TURNS)) {
                readWords(json);
            } else if (isTold(pointer, value) && !json.getText().isBlank()) {
                values.put(pointer, json.getText());
            }
        });
    }

    private static boolean isTold(String pointer, JsonToken value) {
        return value == JsonToken.VALUE_STRING && TEXTS.contains(pointer)
                || (value == JsonToken.VALUE_STRING || value.isNumeric()) && TEXTS_OR_NUMBERS.contains(pointer);
    }

    private void countInvocations(JsonParser json) throws IOException {
        eachObject(json, (name, value) -> {
            if (name.equals("role") && json.getText().equals("tool_call_invocation")) {
                invocations++;
            }
        });
    }

    private void readWords(JsonParser json) throws IOException {
        eachObject(json, (name, value) -> {
            if (name.equals("words") && value == JsonToken.START_ARRAY) {
                eachObject(json, (field, time) -> {
                    if (field.equals("end") && time.isNumeric()) {
                        lastWordEnd = json.getText();
                    }
                });
            }
        });
    }

    /** Of the value at the parser's position, however it is spaced. */
    private static String hash(JsonParser json) throws IOException {
        ByteArrayOutputStream tokens = new ByteArrayOutputStream();
        int depth = 0;
        do {
            JsonToken token = json.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            tokens.write(token.id());
            tokens.writeBytes(Signature.utf8(json.getText()));
            tokens.write(0xff); // in no UTF-8 text
        } while (depth > 0 && json.nextToken() != null);
        return Signature.hex(Signature.sha256(tokens.toByteArray()));
    }

    /** Reads one field's value; what it leaves unread is skipped. */
    private interface FieldReader {
        void read(String name, JsonToken value) throws IOException;
    }

    private static void eachField(JsonParser json, FieldReader reader) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            reader.read(name, json.nextToken());
            json.skipChildren();
        }
    }

    private static void eachObject(JsonParser json, FieldReader reader) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                eachField(json, reader);
            } else {
                json.skipChildren();
            }
        }
    }
}
