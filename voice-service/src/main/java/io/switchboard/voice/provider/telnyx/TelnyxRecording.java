package io.switchboard.voice.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.RecordedCall;
import io.switchboard.voice.provider.RecordingSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Telnyx names a fresh link whenever it is asked for a recording; each ends after ten minutes. */
final class TelnyxRecording {
    private static final String RECORDINGS = "https://api.telnyx.com/v2/recordings?page%5Bsize%5D=5&filter%5B";

    private TelnyxRecording() {}

    /** TeXML calls go by the id for commands ({@code v2:…} or {@code v3:…}), all others by their leg. */
    static RecordingSource find(RecordedCall call, String apiKey) {
        String id = call.callId();
        String by = id.startsWith("v2:") || id.startsWith("v3:") ? "call_control_id" : "call_leg_id";
        return new RecordingSource.Listing(
                RECORDINGS + by + "%5D=" + URLEncoder.encode(id, StandardCharsets.UTF_8),
                RecordingSource.bearer(apiKey),
                TelnyxRecording::link);
    }

    private static @Nullable RecordingSource link(JsonNode list) {
        for (JsonNode recording : list.path("data")) {
            JsonNode links = recording.path("download_urls");
            RecordingSource mp3 = RecordingSource.Link.of(links.path("mp3"));
            RecordingSource found = mp3 == null ? RecordingSource.Link.of(links.path("wav")) : mp3;
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
