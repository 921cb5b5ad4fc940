package io.switchboard.voice.provider.elevenlabs;

import io.switchboard.voice.provider.RecordedCall;
import io.switchboard.voice.provider.RecordingSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ElevenLabs' API answers with the recording itself. */
final class ElevenLabsRecording {
    private static final String CONVERSATIONS = "https://api.elevenlabs.io/v1/convai/conversations/";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private ElevenLabsRecording() {}

    static @Nullable RecordingSource find(RecordedCall call, String apiKey) {
        return ID.matcher(call.callId()).matches()
                ? new RecordingSource.Media(CONVERSATIONS + call.callId() + "/audio", Map.of("xi-api-key", apiKey))
                : null;
    }
}
