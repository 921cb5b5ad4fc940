package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.AnswerRequest.ToolCall;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.JsonNames;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.Option;
import io.switchboard.voice.signature.Signature;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what one of Vapi's messages asks for. */
final class VapiRequest {
    /** To whom its calls are handed, where an assistant names nobody. */
    static final Option TRANSFER_NUMBER = Option.text(
            "transferNumber", Pattern.compile("\\+[1-9][0-9]{6,14}"), "is a telephone number such as +15555550110");

    private static final String ASSISTANT = "assistant-request";
    private static final String TOOLS = "tool-calls";
    private static final String TRANSFER = "transfer-destination-request";
    private static final String KNOWLEDGE = "knowledge-base-request";
    private static final Set<String> ASKING = Set.of(ASSISTANT, TOOLS, TRANSFER, KNOWLEDGE);
    private static final List<String> TYPES = List.of("/message/type", "/messsage/type");
    private static final int LONGEST_ID = 400;

    private final JsonNode message;
    private final LiveCall call;

    private VapiRequest(JsonNode message, LiveCall call) {
        this.message = message;
        this.call = call;
    }

    /** Null where it asks for nothing. */
    static @Nullable AnswerRequest of(Delivery delivery, List<IdentifiedEvent> events, EndpointOptions options) {
        String type = type(delivery, events);
        if (type == null || !ASKING.contains(type)) {
            return null;
        }
        JsonNode message = VapiNames.message(Json.treeOrMissing(delivery.body()));
        VapiRequest request = new VapiRequest(message, call(message, type));
        return switch (type) {
            case ASSISTANT -> new AnswerRequest.Assistant(request.call, delivery.endpointUrl());
            case TOOLS ->
                new AnswerRequest.Tools(
                        request.call, request.toolCalls(delivery.limits().events()));
            case TRANSFER -> new AnswerRequest.Transfer(request.call, options.text(TRANSFER_NUMBER.name()));
            default -> new AnswerRequest.Knowledge(request.call, request.question());
        };
    }

    /** A malformed message may still ask, and its sender waits. */
    private static @Nullable String type(Delivery delivery, List<IdentifiedEvent> events) {
        if (events.isEmpty() || !events.get(0).isMalformed()) {
            return events.isEmpty() ? null : events.get(0).type();
        }
        Map<String, String> names = JsonNames.read(delivery.body(), Set.copyOf(TYPES));
        return names == null
                ? null
                : TYPES.stream()
                        .map(names::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static LiveCall call(JsonNode message, String type) {
        var parties = new VapiMessage(message, new RawEvent(type, 1, new byte[0], Instant.EPOCH)).parties();
        return new LiveCall(
                Json.text(message, "/call/id"),
                parties.from(),
                parties.to(),
                Json.text(message, "/call/assistantId", "/assistant/id"));
    }

    /** Distinct, of the first list that names any. */
    private List<ToolCall> toolCalls(int most) {
        for (String list : List.of("toolCallList", "toolCalls", "toolWithToolCallList")) {
            Map<String, ToolCall> found = new LinkedHashMap<>();
            for (JsonNode item : message.path(list)) {
                ToolCall toolCall = toolCall(list.equals("toolWithToolCallList") ? item.path("toolCall") : item);
                if (toolCall != null && found.size() < most) {
                    found.putIfAbsent(toolCall.id(), toolCall);
                }
            }
            if (!found.isEmpty()) {
                return List.copyOf(found.values());
            }
        }
        return List.of();
    }

    /** Null without an id, under which it could be answered. */
    private static @Nullable ToolCall toolCall(JsonNode item) {
        JsonNode id = item.path("id");
        if (!id.isTextual() || id.textValue().isBlank() || id.textValue().length() > LONGEST_ID) {
            return null;
        }
        String name = Json.text(item, "/function/name", "/name");
        return new ToolCall(id.textValue(), String.valueOf(CleanField.cut(name, CleanField.NAME)), arguments(item));
    }

    /** Models write them as an object, or as text that holds one. */
    private static JsonNode arguments(JsonNode item) {
        for (String pointer : List.of("/function/arguments", "/arguments", "/parameters", "/function/parameters")) {
            JsonNode given = item.at(pointer);
            if (given.isTextual()) {
                JsonNode inside = Json.treeOrMissing(Signature.utf8(given.textValue()));
                return inside.isMissingNode() ? given : inside;
            }
            if (!given.isMissingNode() && !given.isNull()) {
                return given;
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** What the caller said last. */
    private @Nullable String question() {
        String last = null;
        for (String list : List.of("messages", "messagesOpenAIFormatted")) {
            for (JsonNode turn : message.path(list)) {
                String said =
                        "user".equals(turn.path("role").asText()) ? Json.text(turn, "/message", "/content") : null;
                last = said == null ? last : said;
            }
            if (last != null) {
                return CleanField.cut(last, CleanField.EVALUATION);
            }
        }
        return null;
    }
}
