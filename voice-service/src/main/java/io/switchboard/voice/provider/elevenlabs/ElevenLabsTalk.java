package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.CleanField;
import io.switchboard.voice.provider.Json;
import org.jspecify.annotations.Nullable;

/** What was said in a conversation, made of its turns. */
final class ElevenLabsTalk {
    private static final String AGENT = "AI: ";
    private static final String USER = "User: ";

    private ElevenLabsTalk() {}

    /** Null where nothing was said. A turn without a message only ran tools. */
    static @Nullable String transcript(JsonNode turns) {
        StringBuilder talk = new StringBuilder();
        for (JsonNode turn : turns) {
            String speaker = speaker(turn.path("role").asText());
            String said = Json.text(turn, "/message");
            if (speaker != null && said != null && talk.length() < CleanField.TRANSCRIPT) {
                talk.append(speaker).append(said).append('\n');
            }
        }
        return CleanField.cut(talk.toString(), CleanField.TRANSCRIPT);
    }

    /** Whether the other side said anything. */
    static boolean wasAnswered(@Nullable String transcript) {
        return transcript != null && transcript.lines().anyMatch(line -> line.startsWith(USER.strip()));
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
            case "agent" -> AGENT;
            case "user" -> USER;
            default -> null;
        };
    }
}
