package io.switchboard.voice.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.signature.Delivery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells an AI assistant of Telnyx whom it talks to, which it asks before it begins. */
final class TelnyxAnswer {
    private static final String INITIALIZATION = "assistant.initialization";

    private TelnyxAnswer() {}

    /** Null where the delivery asks for nothing. */
    static @Nullable AnswerRequest request(Delivery delivery, List<IdentifiedEvent> events) {
        if (events.isEmpty() || !events.get(0).type().equals(INITIALIZATION)) {
            return null;
        }
        JsonNode body = Json.treeOrMissing(delivery.body());
        LiveCall call = new LiveCall(
                events.get(0).callKey(),
                Json.text(body, "/data/payload/telnyx_end_user_target", "/data/payload/from"),
                Json.text(body, "/data/payload/telnyx_agent_target", "/data/payload/to"),
                Json.text(body, "/data/payload/assistant_id"));
        return new AnswerRequest.Assistant(call, delivery.endpointUrl());
    }

    static Reply of(AnswerContent content) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode variables = answer.putObject("dynamic_variables");
        content.variables().forEach(variables::put);
        return Reply.json(answer);
    }
}
