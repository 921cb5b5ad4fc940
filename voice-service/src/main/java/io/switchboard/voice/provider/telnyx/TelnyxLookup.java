package io.switchboard.voice.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.ProviderRequest;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.RecordingSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Telnyx' API tells of a call, by its id for commands, whether it is over and since when. */
final class TelnyxLookup {
    private static final String CALLS = "https://api.telnyx.com/v2/calls/";

    private TelnyxLookup() {}

    static List<ProviderRequest> find(String callId, List<String> otherIds, String apiKey) {
        return Stream.concat(Stream.of(callId), otherIds.stream())
                .filter(id -> id.startsWith("v2:") || id.startsWith("v3:"))
                .map(id -> new ProviderRequest(
                        CALLS + URLEncoder.encode(id, StandardCharsets.UTF_8), RecordingSource.bearer(apiKey)))
                .limit(1)
                .toList();
    }

    /** Null without a call. Whether it was answered is not told. */
    static @Nullable CallEvent callEvent(JsonNode answer, RawEvent raw) {
        JsonNode call = answer.path("data");
        TelnyxPayload payload = new TelnyxPayload(call);
        String callId = payload.callId();
        if (callId == null) {
            return null;
        }
        JsonNode isAlive = call.path("is_alive");
        boolean isOver = isAlive.isBoolean() && !isAlive.booleanValue();
        CallTimes times = new CallTimes(
                Moment.stated(Json.time(call, "/start_time")),
                null,
                isOver ? Moment.stated(Json.time(call, "/end_time")) : null);
        return CallEvent.of("telnyx", callId, Kind.SIGHTING, raw.receivedAt())
                .status(isOver ? CallState.ENDED : null)
                .times(times)
                .keys(payload.keys(callId))
                .build();
    }
}
