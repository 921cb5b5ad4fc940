package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.ProviderRequest;
import io.switchboard.voice.provider.RawEvent;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ElevenLabs' API shows a conversation as its report does, and how far it is. */
final class ElevenLabsLookup {
    private static final String CONVERSATIONS = "https://api.elevenlabs.io/v1/convai/conversations/";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private ElevenLabsLookup() {}

    static List<ProviderRequest> find(String callId, List<String> otherIds, String apiKey) {
        return ID.matcher(callId).matches()
                ? List.of(new ProviderRequest(CONVERSATIONS + callId, Map.of("xi-api-key", apiKey)))
                : List.of();
    }

    /** One that is being analysed ("processing") is over, but not told of yet. */
    static @Nullable CallEvent callEvent(JsonNode conversation, RawEvent raw) {
        JsonNode root = JsonNodeFactory.instance.objectNode().set("data", conversation);
        String status = Json.text(conversation, "/status");
        return switch (status == null ? "" : status) {
            case "done", "failed" -> new ElevenLabsConversation(root, raw).callEvent();
            case "in-progress" -> sighting(root, raw, CallState.IN_PROGRESS);
            default -> sighting(root, raw, null);
        };
    }

    private static @Nullable CallEvent sighting(JsonNode root, RawEvent raw, @Nullable CallState state) {
        String callId = ElevenLabsSighting.conversation(root);
        return callId == null
                ? null
                : CallEvent.of("elevenlabs", callId, Kind.SIGHTING, raw.receivedAt())
                        .status(state)
                        .build();
    }
}
