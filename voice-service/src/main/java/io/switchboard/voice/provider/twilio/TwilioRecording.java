package io.switchboard.voice.provider.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.RecordedCall;
import io.switchboard.voice.provider.RecordingSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Twilio's recordings open with the account's SID and token only. */
final class TwilioRecording {
    private static final String ACCOUNTS = "https://api.twilio.com/2010-04-01/Accounts/";
    private static final Pattern URL =
            Pattern.compile("(https://api(\\.[a-z0-9-]+){0,2}\\.twilio\\.com/2010-04-01/Accounts/AC[0-9a-fA-F]{32}"
                    + "/Recordings/RE[0-9a-fA-F]{32})(\\.[a-z0-9]{1,5})?");
    private static final Pattern CALL = Pattern.compile("CA[0-9a-fA-F]{32}");
    private static final Pattern RECORDING = Pattern.compile("RE[0-9a-fA-F]{32}");

    private TwilioRecording() {}

    static @Nullable RecordingSource find(RecordedCall call, String apiKey) {
        var headers = RecordingSource.basic(apiKey);
        var told = call.recordingUrl() == null ? null : URL.matcher(call.recordingUrl());
        if (told != null && told.matches()) {
            return mp3(told.group(1), headers);
        }
        int colon = apiKey.indexOf(':');
        if (colon < 0 || !CALL.matcher(call.callId()).matches()) {
            return null;
        }
        var account = ACCOUNTS + apiKey.substring(0, colon);
        return new RecordingSource.Listing(
                account + "/Calls/" + call.callId() + "/Recordings.json",
                headers,
                list -> newest(list, account, headers));
    }

    /** It lists the newest first. */
    private static @Nullable RecordingSource newest(JsonNode list, String account, Map<String, String> headers) {
        for (var recording : list.path("recordings")) {
            var sid = recording.path("sid").asText("");
            if (RECORDING.matcher(sid).matches()
                    && recording.path("status").asText("completed").equals("completed")) {
                return mp3(account + "/Recordings/" + sid, headers);
            }
        }
        return null;
    }

    private static RecordingSource mp3(String url, Map<String, String> headers) {
        return new RecordingSource.Media(url + ".mp3", headers);
    }
}
