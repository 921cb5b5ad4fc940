package io.switchboard.voice.provider.vonage;

import io.switchboard.voice.provider.RecordedCall;
import io.switchboard.voice.provider.RecordingSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Vonage's recordings open with a token of the application. Its API lists none by call. */
final class VonageRecording {
    private static final Pattern URL =
            Pattern.compile("https://api(-[a-z0-9-]{1,20})?\\.(nexmo|vonage)\\.com/v[0-9]/files/[0-9a-fA-F-]{36}");

    private VonageRecording() {}

    /** @param apiKey the application's id, and its private key in Base64 */
    static @Nullable RecordingSource find(RecordedCall call, String apiKey) {
        if (call.recordingUrl() == null || !URL.matcher(call.recordingUrl()).matches()) {
            return null;
        }
        String token = VonageApplication.token(apiKey);
        return token == null ? null : new RecordingSource.Media(call.recordingUrl(), RecordingSource.bearer(token));
    }
}
