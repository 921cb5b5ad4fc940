package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Talk;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was said in a call so far: made of its turns, else the text that Retell makes of them. */
final class RetellTalk {
    private static final String[] TURNS = {
        "/transcript_object", "/transcript_with_tool_calls", "/scrubbed_transcript_with_tool_calls"
    };
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
                : CleanField.cut(RETELLS_AGENT.matcher(told).replaceAll(Talk.AGENT), CleanField.TRANSCRIPT);
    }

    private static @Nullable String lines(JsonNode turns) {
        Talk talk = new Talk();
        turns.forEach(turn -> talk.add(speaker(turn.path("role").asText()), Json.text(turn, "/content")));
        return talk.text();
    }

    /** Null for what was not said: tool calls, messages, keys. */
    private static @Nullable String speaker(String role) {
        return switch (role) {
            case "agent" -> Talk.AGENT;
            case "user" -> Talk.USER;
            case "transfer_target" -> "Transfer target: ";
            default -> null;
        };
    }
}
