package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.JsonNames;
import io.switchboard.voice.signature.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what one of Retell's deliveries asks for. */
final class RetellRequest {
    private static final Set<String> NAMES = Set.of("/event", "/name", "/args");

    private RetellRequest() {}

    /** Null where it asks for nothing. */
    static @Nullable AnswerRequest of(Delivery delivery, List<IdentifiedEvent> events) {
        String type = type(delivery, events);
        if (RetellNames.FUNCTION.equals(type)) {
            return RetellFunction.request(delivery, events.get(0));
        }
        return RetellNames.INBOUND.equals(type) ? inbound(delivery) : null;
    }

    /** A malformed delivery may still ask, and its sender waits. What names no event is a function. */
    private static @Nullable String type(Delivery delivery, List<IdentifiedEvent> events) {
        if (events.isEmpty() || !events.get(0).isMalformed()) {
            return events.isEmpty() ? null : events.get(0).type();
        }
        Map<String, String> names = JsonNames.read(delivery.body(), NAMES);
        if (names == null) {
            return null;
        }
        return names.getOrDefault("/event", names.isEmpty() ? null : RetellNames.FUNCTION);
    }

    /** There is no call yet. The agent of the number is the provider's choice, which the answer replaces. */
    private static AnswerRequest inbound(Delivery delivery) {
        JsonNode body = Json.treeOrMissing(delivery.body());
        LiveCall call = new LiveCall(
                null, Json.text(body, "/call_inbound/from_number"), Json.text(body, "/call_inbound/to_number"), null);
        return new AnswerRequest.Assistant(call, delivery.endpointUrl());
    }
}
