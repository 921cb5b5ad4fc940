package io.switchboard.voice.provider.vapi;

import io.switchboard.voice.provider.RecordedCall;
import io.switchboard.voice.provider.RecordingSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Vapi redirects to a short-lived link; the one in its report does not open. */
final class VapiRecording {
    private static final String CALL = "https://api.vapi.ai/call/";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private VapiRecording() {}

    static @Nullable RecordingSource find(RecordedCall call, String apiKey) {
        return ID.matcher(call.callId()).matches()
                ? new RecordingSource.Media(CALL + call.callId() + "/mono-recording", RecordingSource.bearer(apiKey))
                : null;
    }
}
