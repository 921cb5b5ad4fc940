package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.CleanField;
import io.switchboard.voice.provider.Json;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was said in a call so far: made of its turns, else the text that Retell makes of them. */
final class RetellTalk {
    private static final String[] TURNS = {
        "/transcript_object", "/transcript_with_tool_calls", "/scrubbed_transcript_with_tool_calls"
    };
    private static final String AGENT = "AI: ";
    private static final String USER = "User: ";
    private static final Pattern RETELLS_AGENT = Pattern.compile("^Agent: ?", Pattern.MULTILINE);

    private RetellTalk() {}

    /** Null where nothing was said. */
    static @Nullable String transcript(JsonNode call) {
        String told = CleanField.cut(Json.text(call, "/transcript"), CleanField.TRANSCRIPT);
        for (String pointer : TURNS) {
            String lines = lines(call.at(pointer));
            if (lines != null) {
                return lines;
            }
        }
        return told == null
                ? null
                : CleanField.cut(RETELLS_AGENT.matcher(told).replaceAll(AGENT), CleanField.TRANSCRIPT);
    }

    /** Whether the other side said anything. */
    static boolean wasAnswered(@Nullable String transcript) {
        return transcript != null && transcript.lines().anyMatch(line -> line.startsWith(USER.strip()));
    }

    private static @Nullable String lines(JsonNode turns) {
        StringBuilder talk = new StringBuilder();
        for (JsonNode turn : turns) {
            String speaker = speaker(turn.path("role").asText());
            String said = Json.text(turn, "/content");
            if (speaker != null && said != null && talk.length() < CleanField.TRANSCRIPT) {
                talk.append(speaker).append(said).append('\n');
            }
        }
        return CleanField.cut(talk.toString(), CleanField.TRANSCRIPT);
    }

    /** Null for what was not said: tool calls, messages, keys. */
    private static @Nullable String speaker(String role) {
        return switch (role) {
            case "agent" -> AGENT;
            case "user" -> USER;
            case "transfer_target" -> "Transfer target: ";
            default -> null;
        };
    }
}
