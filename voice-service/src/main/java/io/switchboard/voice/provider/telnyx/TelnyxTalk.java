package io.switchboard.voice.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.callevent.TranscriptFragment;
import io.switchboard.voice.callevent.TranscriptFragment.Speaker;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Talk;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was said in a call, as Telnyx's events tell it: whole, or utterance by utterance. */
final class TelnyxTalk {
    private TelnyxTalk() {}

    /** Of a whole recording, or of a talk with the model so far. */
    static @Nullable String transcript(String type, TelnyxPayload payload) {
        if (type.equals("call.recording.transcription.saved")) {
            String status = payload.text("/status");
            return status == null || status.equals("completed")
                    ? CleanField.cut(payload.text("/transcription_text"), CleanField.TRANSCRIPT)
                    : null;
        }
        return lines(payload.json().path("message_history"));
    }

    /** Interim results are left out. The same event tells the same fragment, so its id is the key. */
    static List<TranscriptFragment> fragments(
            String type, TelnyxPayload payload, @Nullable String eventId, Instant at) {
        JsonNode told = payload.json().path("transcription_data");
        String text = told.path("transcript").isTextual()
                ? CleanField.cut(told.path("transcript").asText(), CleanField.FRAGMENT)
                : null;
        boolean interim = "false".equals(Json.text(told, "/is_final"));
        return !type.equals("call.transcription") || text == null || interim || eventId == null
                ? List.of()
                : List.of(new TranscriptFragment(eventId, whose(told), text, null, at));
    }

    /** Inbound is the track that comes from the phone, outbound the one that goes there. */
    private static Speaker whose(JsonNode told) {
        return switch (told.path("transcription_track").asText()) {
            case "inbound" -> Speaker.CONTACT;
            case "outbound" -> Speaker.AGENT;
            default -> Speaker.OTHER;
        };
    }

    private static @Nullable String lines(JsonNode messages) {
        Talk talk = new Talk();
        for (JsonNode message : messages) {
            String said = message.path("content").isTextual() ? Json.text(message, "/content") : null;
            talk.add(speaker(message.path("role").asText()), said);
        }
        String text = talk.text();
        return text == null ? null : text.stripTrailing(); // as transcripts of recordings end
    }

    /** Null for what nobody said, such as the prompt. */
    private static @Nullable String speaker(String role) {
        return switch (role) {
            case "assistant" -> Talk.AGENT;
            case "user" -> Talk.USER;
            default -> null;
        };
    }
}
