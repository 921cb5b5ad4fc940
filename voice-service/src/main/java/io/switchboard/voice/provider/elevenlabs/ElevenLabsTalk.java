package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Talk;
import org.jspecify.annotations.Nullable;

/** What was said in a conversation, made of its turns. */
final class ElevenLabsTalk {
    private ElevenLabsTalk() {}

    /** Null where nothing was said. A turn without a message only ran tools. */
    static @Nullable String transcript(JsonNode turns) {
        Talk talk = new Talk();
        turns.forEach(turn -> talk.add(speaker(turn.path("role").asText()), Json.text(turn, "/message")));
        return talk.text();
    }

    /** Whether the agent ran a tool of this name. */
    static boolean ran(JsonNode turns, String tool) {
        return turns.valueStream()
                .flatMap(turn -> turn.path("tool_calls").valueStream())
                .anyMatch(call -> tool.equals(call.path("tool_name").asText())
                        && call.path("tool_has_been_called").asBoolean(true));
    }

    private static @Nullable String speaker(String role) {
        return switch (role) {
            case "agent" -> Talk.AGENT;
            case "user" -> Talk.USER;
            default -> null;
        };
    }
}
