package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.RawEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates the failure of an outbound call; what the carrier said of it comes with it, in the carrier's words. */
final class ElevenLabsFailure {
    private final JsonNode root;
    private final JsonNode data;
    private final RawEvent raw;
    private final @Nullable String carrierCallId;

    ElevenLabsFailure(JsonNode root, RawEvent raw) {
        this.root = root;
        this.raw = raw;
        data = root.path("data");
        carrierCallId =
                CleanField.cut(Json.text(data, "/metadata/body/CallSid", "/metadata/body/call_sid"), CleanField.NAME);
    }

    /** Null without a conversation. */
    @Nullable
    CallEvent callEvent() {
        String callId = ElevenLabsSighting.conversation(root);
        if (callId == null) {
            return null;
        }
        Instant told = Json.time(root, "/event_timestamp");
        Moment moment = Moment.toldOrArrived(told, raw.receivedAt());
        return CallEvent.of("elevenlabs", callId, Kind.REPORT, moment.at())
                .revision(raw.revision())
                .status(CallState.ENDED)
                .answered(false)
                .parties(parties())
                .times(new CallTimes(moment, null, moment))
                .report(report())
                .keys(keys())
                .metadata(metadata())
                .build();
    }

    /** Only outbound calls fail so. */
    private Parties parties() {
        return new Parties(
                CallDirection.OUTBOUND,
                CleanField.cut(Json.text(data, "/metadata/body/From", "/metadata/body/from_number"), CleanField.NAME),
                CleanField.cut(Json.text(data, "/metadata/body/To", "/metadata/body/to_number"), CleanField.NAME));
    }

    private Report report() {
        return Report.NONE
                .with(ReportField.ENDED_REASON, CleanField.reason(Json.text(data, "/failure_reason")))
                .with(ReportField.CARRIER_CALL_ID, carrierCallId);
    }

    private List<CallKey> keys() {
        return ElevenLabsConversation.keys(Json.text(data, "/metadata/type"), carrierCallId);
    }

    private Map<String, String> metadata() {
        Map<String, @Nullable String> found = new HashMap<>();
        found.put("assistantId", Json.text(data, "/agent_id"));
        found.put("callType", Json.text(data, "/metadata/type"));
        found.put(
                "sipResponseCode", Json.text(data, "/metadata/body/SipResponseCode", "/metadata/body/sip_status_code"));
        found.put("carrierError", Json.text(data, "/metadata/body/error_reason"));
        return CleanField.entries(found);
    }
}
