package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.AnswerRequest.ToolCall;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.signature.Delivery;
import java.util.List;

/** A custom function that an agent runs. Its id is that of its event: call, name, arguments, and how many went before it. */
final class RetellFunction {
    private RetellFunction() {}

    static AnswerRequest.Tools request(Delivery delivery, IdentifiedEvent event) {
        JsonNode body = Json.treeOrMissing(delivery.body());
        LiveCall call = new LiveCall(
                Json.text(body, "/call/call_id"),
                Json.text(body, "/call/from_number"),
                Json.text(body, "/call/to_number"),
                Json.text(body, "/call/agent_id"));
        return new AnswerRequest.Tools(
                call, List.of(new ToolCall(event.eventId(), body.path("name").asText(), body.path("args"))));
    }
}
