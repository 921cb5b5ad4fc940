package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.CallEvent;
import io.switchboard.voice.provider.CallEvent.Kind;
import io.switchboard.voice.provider.CallState;
import io.switchboard.voice.provider.CallTimes;
import io.switchboard.voice.provider.CallTimes.Moment;
import io.switchboard.voice.provider.CleanField;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.RawEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates what tells of a conversation only that it took place: its recording, and its spans. */
final class ElevenLabsSighting {
    private ElevenLabsSighting() {}

    /** Null without a conversation. */
    static @Nullable CallEvent callEvent(JsonNode root, RawEvent raw) {
        String callId = conversation(root);
        if (callId == null) {
            return null;
        }
        Instant told = Json.time(root, "/event_timestamp");
        Moment moment = told == null ? Moment.arrival(raw.receivedAt()) : Moment.event(told);
        Map<String, @Nullable String> metadata = new HashMap<>();
        metadata.put("assistantId", Json.text(root, "/data/agent_id"));
        metadata.put("format", raw.type().equals(ElevenLabsNames.SPANS) ? "otel" : null);
        return CallEvent.of("elevenlabs", callId, Kind.SIGHTING, moment.at())
                .status(CallState.ENDED)
                .times(new CallTimes(moment, null, moment))
                .metadata(CleanField.entries(metadata))
                .build();
    }

    /** As the names have it: text only. */
    static @Nullable String conversation(JsonNode root) {
        return root.at("/data/conversation_id").isTextual() ? Json.text(root, "/data/conversation_id") : null;
    }
}
