package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.RecordedCall;
import io.switchboard.voice.provider.RecordingSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Retell names a fresh link whenever it is asked for the call; signed ones end after a day. */
final class RetellRecording {
    private static final String CALL = "https://api.retellai.com/v2/get-call/";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private RetellRecording() {}

    static @Nullable RecordingSource find(RecordedCall call, String apiKey) {
        return ID.matcher(call.callId()).matches()
                ? new RecordingSource.Listing(
                        CALL + call.callId(), RecordingSource.bearer(apiKey), RetellRecording::link)
                : null;
    }

    private static @Nullable RecordingSource link(JsonNode call) {
        RecordingSource whole = RecordingSource.Link.of(call.path("recording_url"));
        return whole == null ? RecordingSource.Link.of(call.path("scrubbed_recording_url")) : whole;
    }
}
