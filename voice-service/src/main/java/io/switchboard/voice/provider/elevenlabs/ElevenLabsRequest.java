package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.signature.Delivery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what one of ElevenLabs' deliveries asks for. */
final class ElevenLabsRequest {
    private ElevenLabsRequest() {}

    /** Null where it asks for nothing. */
    static @Nullable AnswerRequest of(Delivery delivery, List<IdentifiedEvent> events) {
        return !events.isEmpty() && events.get(0).type().equals(ElevenLabsNames.INITIATION)
                ? initiation(delivery)
                : null;
    }

    /** Before the conversation there is only the carrier's call. */
    private static AnswerRequest initiation(Delivery delivery) {
        JsonNode body = Json.treeOrMissing(delivery.body());
        LiveCall call = new LiveCall(
                Json.text(body, "/call_sid"),
                Json.text(body, "/caller_id"),
                Json.text(body, "/called_number"),
                Json.text(body, "/agent_id"));
        return new AnswerRequest.Assistant(call, delivery.endpointUrl());
    }
}
