package io.switchboard.voice.provider.plivo;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.RecordedCall;
import io.switchboard.voice.provider.RecordingSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plivo's recordings open with the Auth ID and token, unless the account lets everybody in. */
final class PlivoRecording {
    private static final String ACCOUNTS = "https://api.plivo.com/v1/Account/";
    private static final Pattern CALL = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern MEDIA = Pattern.compile("https://(media|api)\\.plivo\\.com/[!-~]{1,500}");

    private PlivoRecording() {}

    static @Nullable RecordingSource find(RecordedCall call, String apiKey) {
        Map<String, String> headers = RecordingSource.basic(apiKey);
        if (call.recordingUrl() != null && MEDIA.matcher(call.recordingUrl()).matches()) {
            return new RecordingSource.Media(call.recordingUrl(), headers);
        }
        int colon = apiKey.indexOf(':');
        return colon < 0 || !CALL.matcher(call.callId()).matches()
                ? null
                : new RecordingSource.Listing(
                        ACCOUNTS + apiKey.substring(0, colon) + "/Recording/?limit=1&call_uuid=" + call.callId(),
                        headers,
                        list -> first(list, headers));
    }

    private static @Nullable RecordingSource first(JsonNode list, Map<String, String> headers) {
        JsonNode url = list.path("objects").path(0).path("recording_url");
        return url.isTextual() && MEDIA.matcher(url.textValue()).matches()
                ? new RecordingSource.Media(url.textValue(), headers)
                : RecordingSource.Link.of(url);
    }
}
