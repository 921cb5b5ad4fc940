package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.callevent.TranscriptFragment;
import io.switchboard.voice.callevent.TranscriptFragment.Speaker;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Talk;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was said in a call, wherever Vapi's message holds it: as one text, or as a list of turns, of which the text is made in
 * the form that Vapi gives it.
 */
final class VapiTalk {
    private static final String[] WHOLE = {
        "/artifact/transcript", "/transcript", "/call/artifact/transcript", "/call/transcript"
    };
    private static final String[] TURNS = {
        "/messages",
        "/artifact/messages",
        "/artifact/messagesOpenAIFormatted",
        "/messagesOpenAIFormatted",
        "/call/artifact/messages",
        "/call/messages"
    };
    private static final int MOST_TRANSFERS = 20;

    private VapiTalk() {}

    /** The text where there is one, else made of the turns; null where nothing was said. */
    static @Nullable String transcript(JsonNode message) {
        String told = first(message, WHOLE);
        return told == null ? turns(message) : told;
    }

    /** Of the turns alone. */
    static @Nullable String turns(JsonNode message) {
        return first(message, TURNS);
    }

    /** A finished utterance of a {@code transcript} message; none where it still changes. */
    static List<TranscriptFragment> fragments(JsonNode message, Instant at) {
        String text = CleanField.cut(Json.text(message, "/transcript"), CleanField.FRAGMENT);
        String role = CleanField.cut(Json.text(message, "/role"), CleanField.NAME);
        boolean isFinal = "final".equals(message.path("transcriptType").asText());
        return text == null || role == null || !isFinal
                ? List.of()
                : List.of(new TranscriptFragment(at.toEpochMilli() + ":" + role, whose(speaker(role)), text, null, at));
    }

    private static Speaker whose(@Nullable String speaker) {
        return speaker == null ? Speaker.OTHER : speaker.equals(Talk.USER) ? Speaker.CONTACT : Speaker.AGENT;
    }

    /** To where a call was handed, in order; null where it was not. */
    static @Nullable String transfers(JsonNode transfers) {
        return CleanField.orNull(transfers
                .valueStream()
                .limit(MOST_TRANSFERS)
                .map(transfer -> Json.text(
                        transfer,
                        "/destination/number",
                        "/destination/sipUri",
                        "/destination/assistantName",
                        "/number",
                        "/sipUri"))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", ")));
    }

    private static @Nullable String first(JsonNode message, String[] pointers) {
        for (String pointer : pointers) {
            JsonNode found = message.at(pointer);
            String text = found.isArray() ? lines(found) : Json.text(found, "");
            if (text != null) {
                return CleanField.cut(text, CleanField.TRANSCRIPT);
            }
        }
        return null;
    }

    private static @Nullable String lines(JsonNode turns) {
        Talk talk = new Talk();
        for (JsonNode turn : turns) {
            if (turn.isTextual()) {
                talk.add("", CleanField.orNull(turn.asText()));
            } else {
                talk.add(speaker(turn.path("role").asText()), said(turn));
            }
        }
        return talk.text();
    }

    private static @Nullable String said(JsonNode turn) {
        String told = Json.text(turn, "/message", "/content", "/text");
        return told == null ? parts(turn.path("content")) : told;
    }

    /** A turn's content may be a list of parts, some of them no text. */
    private static @Nullable String parts(JsonNode content) {
        return CleanField.orNull(content.valueStream()
                .map(part -> Json.text(part, "/text"))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" ")));
    }

    private static @Nullable String speaker(String role) {
        return switch (role) {
            case "bot", "assistant", "agent", "ai" -> Talk.AGENT;
            case "user", "customer", "caller" -> Talk.USER;
            default -> null;
        };
    }
}
