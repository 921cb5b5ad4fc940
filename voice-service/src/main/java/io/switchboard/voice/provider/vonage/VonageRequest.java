package io.switchboard.voice.provider.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.JsonNames;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Identifies Vonage's requests. Those without a status are told apart by the fields that they have. */
final class VonageRequest {
    static final String ANSWER = "answer";
    static final String RECORD = "record";
    static final String ERROR = "error";
    private static final String OTHER = "other";

    /** An empty list of actions. */
    static final Reply NO_ACTIONS = new Reply("application/json", "[]");

    private static final List<String> SUBJECTS =
            List.of("/uuid", "/call_uuid", "/conversation_uuid", "/conversation_uuid_from");
    private static final Set<String> NAMES = Set.of(
            "/uuid",
            "/call_uuid",
            "/conversation_uuid",
            "/conversation_uuid_from",
            "/conversation_uuid_to",
            "/status",
            "/timestamp",
            "/to",
            "/recording_url",
            "/recording_uuid",
            "/dtmf",
            "/speech",
            "/reason");

    private final byte[] body;
    private final Map<String, String> names;

    private VonageRequest(byte[] body, Map<String, String> names) {
        this.body = body;
        this.names = names;
    }

    /** Of a GET the query is the event. */
    static IdentifiedEvent identify(Delivery delivery) {
        if (delivery.isGet()) {
            byte[] query = delivery.parameters();
            return delivery.hasTooManyParameters()
                    ? IdentifiedEvent.malformed(
                            query, "The form has more than " + delivery.limits().formFields() + " fields.")
                    : new VonageRequest(query, fields(query)).event();
        }
        Map<String, String> names = JsonNames.read(delivery.body(), NAMES);
        return names == null
                ? IdentifiedEvent.malformed(delivery.body(), "The body is not one JSON object.")
                : new VonageRequest(delivery.body(), names).event();
    }

    /** Who answers an incoming call, also one whose request is malformed; null for other requests. */
    static @Nullable AnswerRequest answerRequest(Delivery delivery, List<IdentifiedEvent> events) {
        if (events.stream().noneMatch(event -> asksForActions(event) || mayAskForActions(event))) {
            return null;
        }
        JsonNode fields = treeOrMissing(events.get(0).body());
        LiveCall call = new LiveCall(subject(fields), name(fields, "/from"), name(fields, "/to"), null);
        return new AnswerRequest.Assistant(call, delivery.endpointUrl());
    }

    private static JsonNode treeOrMissing(byte[] body) {
        return Json.isDocument(body) ? Json.treeOrMissing(body) : tree(body);
    }

    /** The fields of a stored event, whichever way it came. */
    static JsonNode tree(byte[] body) {
        if (Json.isDocument(body)) {
            return Json.tree(body);
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields(body).forEach((pointer, text) -> fields.put(pointer.substring(1), text));
        return fields;
    }

    /** The call, else the conversation, as events are named by it; null without one. */
    static @Nullable String subject(JsonNode event) {
        return SUBJECTS.stream()
                .map(pointer -> name(event, pointer))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Null for all but text. */
    static @Nullable String name(JsonNode event, String pointer) {
        JsonNode found = event.at(pointer);
        return found.isTextual() ? CleanField.orNull(found.asText()) : null;
    }

    static boolean asksForActions(IdentifiedEvent event) {
        return event.type().equals(ANSWER);
    }

    /** A malformed request that says whom it calls, and nothing else that happened. */
    private static boolean mayAskForActions(IdentifiedEvent event) {
        if (!event.isMalformed() || !Json.isDocument(event.body())) {
            return false;
        }
        Map<String, String> names = JsonNames.read(event.body(), NAMES);
        return names != null
                && names.containsKey("/to")
                && !names.containsKey("/timestamp")
                && Set.of(ANSWER, OTHER).contains(type(names));
    }

    private IdentifiedEvent event() {
        String subject = first(SUBJECTS);
        if (subject == null) {
            return IdentifiedEvent.malformed(body, "The event names no call and no conversation.");
        }
        String type = type(names);
        String which =
                switch (type) {
                    case ANSWER -> null; // told once, by the answer URL or by its fallback
                    case RECORD -> first(List.of("/recording_uuid", "/recording_url"));
                    default -> names.get("/timestamp");
                };
        return IdentifiedEvent.of(IdentifiedEvent.key(subject, type, which), type, subject, body);
    }

    private static String type(Map<String, String> names) {
        String status = names.get("/status");
        if (status != null && !status.isEmpty()) {
            return status;
        }
        if (names.containsKey("/recording_url") || names.containsKey("/recording_uuid")) {
            return RECORD;
        }
        if (names.containsKey("/dtmf") || names.containsKey("/speech")) {
            return "input";
        }
        if (names.containsKey("/conversation_uuid_to")) {
            return "transfer";
        }
        if (names.containsKey("/to") && names.containsKey("/uuid") && !names.containsKey("/timestamp")) {
            return ANSWER;
        }
        return names.containsKey("/reason") ? ERROR : OTHER;
    }

    private @Nullable String first(List<String> pointers) {
        return pointers.stream()
                .map(names::get)
                .filter(name -> name != null && !name.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> fields(byte[] query) {
        Form form = Form.parse(query);
        Map<String, String> fields = new HashMap<>();
        for (String name : form.values().keySet()) {
            String value = form.get(name);
            if (value != null && !value.isBlank()) {
                fields.put("/" + name, value);
            }
        }
        return fields;
    }
}
