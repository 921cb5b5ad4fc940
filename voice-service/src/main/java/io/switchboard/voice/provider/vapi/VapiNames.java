package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.switchboard.kit.value.Times;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.IdentifiedEvent.Repeat;
import io.switchboard.voice.provider.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Identifies Vapi's messages, which have no id of their own, by the fields that make each of them one event. It reads
 * to the end without building a tree: a body that is cut short must not get the id of the whole one.
 */
final class VapiNames {
    /** Vapi's own examples spell it in both ways. */
    private static final List<String> MESSAGE = List.of("message", "messsage");

    private final byte[] body;
    private final @Nullable String messageId;
    private final int most;
    /** Distinct, and one more than {@code most} at most. */
    private final Set<String> toolCallIds = new LinkedHashSet<>();

    private @Nullable String type;
    private @Nullable String status;
    private @Nullable String role;
    private @Nullable String timestamp;
    private @Nullable String callId;
    private @Nullable String campaignId;
    /** The id of the chat or session, which has no call. */
    private @Nullable String otherId;

    private @Nullable String otherUpdatedAt;

    private VapiNames(byte[] body, @Nullable String messageId, int most) {
        this.body = body;
        this.messageId = messageId;
        this.most = most;
    }

    /**
     * @param messageId where the endpoint has one a message
     * @param most events; a body of more is malformed as a whole
     */
    static List<IdentifiedEvent> identify(byte[] body, @Nullable String messageId, int most) {
        VapiNames names = new VapiNames(body, messageId, most);
        try (JsonParser json = Json.FACTORY.createParser(body)) {
            names.read(json);
        } catch (IOException e) {
            return IdentifiedEvent.malformed(body, "The body is not JSON.").alone();
        }
        return names.events();
    }

    /** The message within its envelope. */
    static JsonNode message(JsonNode envelope) {
        return MESSAGE.stream()
                .map(envelope::path)
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private List<IdentifiedEvent> events() {
        String subject = callId != null ? callId : otherId != null ? otherId : campaignId;
        if (type == null || subject == null && timestamp == null) {
            return IdentifiedEvent.malformed(body, "The message has no type, or nothing that identifies it.")
                    .alone();
        }
        if (callId != null && type.equals("tool-calls") && !toolCallIds.isEmpty()) {
            return toolCalls();
        }
        return single(type, subject).alone();
    }

    /** One event a tool call; all of them share the body. */
    private List<IdentifiedEvent> toolCalls() {
        if (toolCallIds.size() > most) {
            return IdentifiedEvent.malformed(body, "The delivery has more than " + most + " events.")
                    .alone();
        }
        List<IdentifiedEvent> events = new ArrayList<>();
        for (String id : toolCallIds) {
            IdentifiedEvent event =
                    IdentifiedEvent.of(IdentifiedEvent.key(callId, "tool", id), "tool-calls", callId, body);
            if (event.isMalformed()) {
                return event.alone();
            }
            events.add(event);
        }
        return events;
    }

    private IdentifiedEvent single(String type, @Nullable String subject) {
        if (callId == null) {
            return event(
                    IdentifiedEvent.key(subject, type, otherUpdatedAt != null ? otherUpdatedAt : timestamp),
                    Repeat.IGNORED);
        }
        return switch (type) {
            case "status-update" -> event(IdentifiedEvent.key(callId, type, status, forwardedAt()), Repeat.IGNORED);
            case "assistant-request" -> event(IdentifiedEvent.key(callId, type), Repeat.IGNORED);
            case "end-of-call-report" -> event(IdentifiedEvent.key(callId, type), Repeat.ADDED);
            case "conversation-update" -> event(IdentifiedEvent.key(callId, type), Repeat.REPLACED);
            default -> event(IdentifiedEvent.key(callId, type, timestamp, role), Repeat.IGNORED);
        };
    }

    /** A call may be forwarded more than once. */
    private @Nullable String forwardedAt() {
        return "forwarding".equals(status) ? timestamp : null;
    }

    /** A message id names only what comes once: further reports and conversations must meet the first one. */
    private IdentifiedEvent event(String key, Repeat repeat) {
        var sentAt = repeat == Repeat.IGNORED ? null : Times.read(timestamp);
        String id = messageId == null || repeat != Repeat.IGNORED ? key : messageId;
        return IdentifiedEvent.named(id, String.valueOf(type), callId, repeat, sentAt, body);
    }

    private void read(JsonParser json) throws IOException {
        if (json.nextToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean message = MESSAGE.contains(json.currentName());
                if (json.nextToken() == JsonToken.START_OBJECT && message) {
                    readMessage(json);
                } else {
                    json.skipChildren();
                }
            }
        }
        while (json.nextToken() != null) {
            type = null; // something follows the document
        }
    }

    private void readMessage(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (value.isScalarValue()) {
                readScalar(field, value == JsonToken.VALUE_NULL ? null : json.getText());
            } else if (value == JsonToken.START_OBJECT && field.equals("call")) {
                callId = readId(json, false);
            } else if (value == JsonToken.START_OBJECT && (field.equals("chat") || field.equals("session"))) {
                otherId = readId(json, true);
            } else if (value == JsonToken.START_ARRAY && isToolList(field)) {
                readToolCalls(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readScalar(String field, @Nullable String value) {
        switch (field) {
            case "type" -> type = value;
            case "status" -> status = value;
            case "role" -> role = value;
            case "timestamp" -> timestamp = value;
            case "campaignId" -> campaignId = value;
            default -> {}
        }
    }

    private @Nullable String readId(JsonParser json, boolean withUpdate) throws IOException {
        String id = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING && field.equals("id")) {
                id = json.getText();
            } else if (value == JsonToken.VALUE_STRING && withUpdate && field.equals("updatedAt")) {
                otherUpdatedAt = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return id == null || id.isBlank() ? null : id;
    }

    /** Both lists hold the same calls; the second one is older and not always there. */
    private static boolean isToolList(String field) {
        return field.equals("toolCallList") || field.equals("toolCalls");
    }

    private void readToolCalls(JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String id = json.currentToken() == JsonToken.START_OBJECT ? readId(json, false) : null;
            json.skipChildren();
            if (id != null && toolCallIds.size() <= most) {
                toolCallIds.add(id);
            }
        }
    }
}
