package io.switchboard.voice.provider.elevenlabs;

import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.IdentifiedEvent.Repeat;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.JsonNames;
import io.switchboard.voice.signature.Signature;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Identifies ElevenLabs' deliveries, which have no id of their own: an event by its conversation and type, the start of a
 * conversation by its call, a tool by its conversation and arguments.
 */
final class ElevenLabsNames {
    static final String TRANSCRIPTION = "post_call_transcription";
    static final String AUDIO = "post_call_audio";
    static final String FAILURE = "call_initiation_failure";
    /** A conversation as OpenTelemetry spans. */
    static final String SPANS = "post_call_transcription_otel";

    /** Asks what the agent should know, before there is a conversation. */
    static final String INITIATION = "conversation-initiation";

    /** An agent's tool; its arguments are the body. */
    static final String TOOL = "tool";

    private static final Set<String> OF_CALLS = Set.of(TRANSCRIPTION, AUDIO, FAILURE, SPANS);
    private static final String TIME = "/event_timestamp";
    private static final Set<String> WANTED = Set.of(
            "/type",
            TIME,
            "/data",
            "/data/conversation_id",
            "/conversation_id",
            "/agent_id",
            "/called_number",
            "/call_sid");

    private final byte[] body;
    /** By JSON pointer. */
    private final Map<String, String> names;

    private ElevenLabsNames(byte[] body, Map<String, String> names) {
        this.body = body;
        this.names = names;
    }

    static IdentifiedEvent identify(byte[] body) {
        Map<String, String> names = JsonNames.read(body, WANTED, Set.of(TIME));
        return names == null
                ? IdentifiedEvent.malformed(body, "The body is not one JSON object.")
                : new ElevenLabsNames(body, names).event();
    }

    /** Whether it is of the two kinds that ElevenLabs does not sign. */
    static boolean isUnsigned(byte[] body) {
        String type = identify(body).type();
        return type.equals(INITIATION) || type.equals(TOOL);
    }

    private IdentifiedEvent event() {
        String type = text("/type");
        if (type != null && "".equals(names.get("/data"))) {
            return postCall(type);
        }
        String call = text("/call_sid");
        if (call != null && text("/agent_id") != null && tellsNumber()) {
            return IdentifiedEvent.of(call + ":" + INITIATION, INITIATION, null, body);
        }
        String conversation = text("/conversation_id");
        return conversation == null
                ? IdentifiedEvent.malformed(body, "The body names no event, no start of a conversation and no tool.")
                : IdentifiedEvent.of(
                        conversation + ":" + TOOL + ":" + Signature.hex(Signature.sha256(body)), TOOL, null, body);
    }

    /** Also an empty number, or null. */
    private boolean tellsNumber() {
        return text("/called_number") != null || Json.treeOrMissing(body).has("called_number");
    }

    private IdentifiedEvent postCall(String type) {
        String conversation = text("/data/conversation_id");
        String subject = conversation != null ? conversation : text(TIME);
        if (subject == null) {
            return IdentifiedEvent.malformed(body, "The event has no conversation and no time.");
        }
        String call = OF_CALLS.contains(type) ? conversation : null;
        Repeat repeat = type.equals(AUDIO) ? Repeat.IGNORED : Repeat.ADDED;
        return IdentifiedEvent.named(subject + ":" + type, type, call, repeat, null, body);
    }

    /** Null also for an object or a list, which is read as empty text. */
    private @Nullable String text(String pointer) {
        String text = names.get(pointer);
        return text == null || text.isEmpty() ? null : text;
    }
}
