package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.RawEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates what tells of a conversation only that it took place: its recording, and its spans. */
final class ElevenLabsSighting {
    private static final Set<String> CHANNELS_OF_TEXT = Set.of("whatsapp", "sms");

    private ElevenLabsSighting() {}

    /** Null for conversations in writing, and without a conversation. */
    static @Nullable CallEvent callEvent(JsonNode root, RawEvent raw) {
        String callId = conversation(root);
        if (callId == null || isWritten(root)) {
            return null;
        }
        Instant told = Json.time(root, "/event_timestamp");
        Moment moment = Moment.toldOrArrived(told, raw.receivedAt());
        Map<String, @Nullable String> metadata = new HashMap<>();
        metadata.put("assistantId", Json.text(root, "/data/agent_id"));
        metadata.put("format", raw.type().equals(ElevenLabsNames.SPANS) ? "otel" : null);
        return CallEvent.of("elevenlabs", callId, Kind.SIGHTING, moment.at())
                .status(CallState.ENDED)
                .times(new CallTimes(moment, null, moment))
                .metadata(CleanField.entries(metadata))
                .build();
    }

    static boolean isWritten(JsonNode root) {
        JsonNode metadata = root.at("/data/metadata");
        String source = Json.text(metadata, "/conversation_initiation_source");
        return metadata.path("text_only").asBoolean()
                || source != null && CHANNELS_OF_TEXT.contains(source)
                || CHANNELS_OF_TEXT.stream().anyMatch(metadata::hasNonNull);
    }

    /** As the names have it: text only. */
    static @Nullable String conversation(JsonNode root) {
        return root.at("/data/conversation_id").isTextual() ? Json.text(root, "/data/conversation_id") : null;
    }
}
