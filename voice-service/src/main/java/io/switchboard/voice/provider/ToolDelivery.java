package io.switchboard.voice.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.ToolResults;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.AnswerRequest.ToolCall;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.Signature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A use of a tool that the URL names, of platforms that name none in the body: the body is the arguments, or has them in {@code args}
 * beside the {@code call}. None of these has an id.
 */
public final class ToolDelivery {
    private static final Pattern PATH = Pattern.compile("[^?]*/tools/([^/?]{1,100})/?(?:\\?.*)?");

    private static final String[] CALL_ID = {"/call/call_id", "/conversation_id", "/call_control_id"};
    private static final Set<String> CALL_IDS = Set.of(CALL_ID);

    /** Of a bare body's fields, those that are no arguments. */
    private static final List<String> ABOUT_CALL = List.of("call", "conversation_id", "call_control_id", "agent_id");

    private ToolDelivery() {}

    /** Null where the delivery is not for a tool. */
    public static @Nullable String tool(Delivery delivery) {
        var path = PATH.matcher(delivery.url());
        return path.matches() ? path.group(1) : null;
    }

    /** It is kept, and tells nothing of its call. */
    public static IdentifiedEvent identify(Delivery delivery, String tool) {
        Map<String, String> names = JsonNames.read(delivery.body(), CALL_IDS);
        if (names == null) {
            return IdentifiedEvent.malformed(delivery.body(), "The body is not one JSON object.");
        }
        String call = callId(names);
        String body = Signature.hex(Signature.sha256(delivery.body()));
        return IdentifiedEvent.of(
                IdentifiedEvent.key(call, RawEvent.TOOL_USE, tool, body), RawEvent.TOOL_USE, call, delivery.body());
    }

    private static @Nullable String callId(Map<String, String> names) {
        for (String pointer : CALL_ID) {
            String id = names.get(pointer);
            if (id != null && !id.isEmpty()) {
                return CleanField.cut(id, CleanField.NAME);
            }
        }
        return null;
    }

    public static AnswerRequest.Tools request(Delivery delivery, String tool) {
        JsonNode body = Json.treeOrMissing(delivery.body());
        LiveCall call = new LiveCall(
                Json.text(body, CALL_ID),
                Json.text(body, "/call/from_number"),
                Json.text(body, "/call/to_number"),
                Json.text(body, "/call/agent_id", "/agent_id"));
        return new AnswerRequest.Tools(call, List.of(new ToolCall(null, tool, arguments(body))), true);
    }

    private static JsonNode arguments(JsonNode body) {
        JsonNode args = body.path("args");
        if (args.isObject() || args.isTextual()) {
            return args;
        }
        return body instanceof ObjectNode bare ? bare.deepCopy().without(ABOUT_CALL) : body;
    }

    /** As functions are answered: the result or the error of the one tool call. */
    public static Reply reply(AnswerContent content) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (content instanceof ToolResults results && !results.results().isEmpty()) {
            var result = results.results().get(0);
            answer.put(
                    result.error() == null ? "result" : "error",
                    result.error() == null ? result.result() : result.error());
        } else if (content instanceof AnswerContent.Failure failure) {
            answer.put("error", failure.sentence());
        }
        return Reply.json(answer);
    }
}
