package io.switchboard.voice.provider.vapi;

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
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.Talk;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates one of Vapi's messages. Nearly all of them include the call, so nearly all tell something about it. */
final class VapiMessage {
    private final JsonNode message;
    private final VapiTimes times;
    private final RawEvent raw;
    private final Kind kind;
    private final @Nullable CallState status;
    private final Instant at;
    private final @Nullable String endedReason;
    private final @Nullable String transcript;

    VapiMessage(JsonNode message, RawEvent raw) {
        this.message = message;
        times = new VapiTimes(message);
        this.raw = raw;
        kind = raw.isSettled() ? settledKind() : kind(raw.type());
        status = status();
        Instant told = Json.time(message, "/timestamp");
        at = told == null ? raw.receivedAt() : told;
        endedReason = status == CallState.ENDED
                ? CleanField.reason(Json.text(message, "/endedReason", "/call/endedReason"))
                : null;
        transcript = transcript();
    }

    /** Null for chats, sessions and campaigns. */
    @Nullable
    CallEvent callEvent() {
        String callId = Json.text(message, "/call/id");
        return callId == null
                ? null
                : CallEvent.of("vapi", callId, kind, at)
                        .revision(raw.revision())
                        .status(status)
                        .answered(answered())
                        .parties(parties())
                        .times(callTimes())
                        .report(new VapiReport(message, kind).told(endedReason, talkSeconds()))
                        .transcript(transcript)
                        .fragments(isUtterance() ? VapiTalk.fragments(message, at) : List.of())
                        .keys(keys())
                        .metadata(metadata())
                        .build();
    }

    /** Its type may name its kind: {@code transcript[transcriptType="final"]}. */
    private boolean isUtterance() {
        return raw.type().equals("transcript") || raw.type().startsWith("transcript[");
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "end-of-call-report" -> Kind.REPORT;
            case "status-update" -> Kind.CHANGE;
            case "conversation-update" -> Kind.CONVERSATION;
            default -> Kind.SIGHTING;
        };
    }

    /** Of a call that goes on, the API tells nothing that events do not tell. */
    private Kind settledKind() {
        return "ended".equals(Json.text(message, "/status")) ? Kind.REPORT : Kind.SIGHTING;
    }

    private @Nullable CallState status() {
        if (kind == Kind.REPORT) {
            return CallState.ENDED;
        }
        String told = kind == Kind.CHANGE ? Json.text(message, "/status") : Json.text(message, "/call/status");
        return switch (told == null ? "" : told) {
            case "scheduled", "queued" -> CallState.QUEUED;
            case "ringing" -> CallState.RINGING;
            case "in-progress" -> CallState.IN_PROGRESS;
            case "forwarding" -> CallState.FORWARDING;
            case "ended" -> CallState.ENDED;
            default -> null;
        };
    }

    /**
     * Vapi states a start only once the conversation begins. A missing start proves nothing: only the ended reason tells
     * that the call was not answered.
     */
    private @Nullable Boolean answered() {
        if (status != CallState.ENDED) {
            return null;
        }
        if (VapiEnding.of(endedReason).unanswered()) {
            return false;
        }
        return times.start() != null || wasTalkedTo() ? Boolean.TRUE : null;
    }

    private boolean wasTalkedTo() {
        Integer seconds = times.seconds();
        return kind == Kind.REPORT && (seconds != null && seconds > 0 || Talk.hasUser(transcript));
    }

    Parties parties() {
        String customer = Json.text(
                message, "/call/customer/number", "/customer/number", "/call/customer/sipUri", "/customer/sipUri");
        String own = Json.text(message, "/phoneNumber/number", "/call/phoneNumber/number", "/phoneNumber/sipUri");
        CallDirection direction = direction();
        boolean outbound = direction == CallDirection.OUTBOUND;
        return new Parties(
                direction,
                CleanField.cut(outbound ? own : customer, CleanField.NAME),
                CleanField.cut(outbound ? customer : own, CleanField.NAME));
    }

    private @Nullable CallDirection direction() {
        String type = Json.text(message, "/call/type");
        return switch (type == null ? raw.type() : type) {
            case "inboundPhoneCall", "assistant-request" -> CallDirection.INBOUND;
            case "outboundPhoneCall" -> CallDirection.OUTBOUND;
            case "webCall", "vapi.websocketCall" -> CallDirection.WEB;
            default -> null;
        };
    }

    private CallTimes callTimes() {
        Moment stated = Moment.stated(times.start());
        Instant created = times.created();
        Instant counted = kind == Kind.REPORT ? times.countedStart() : null;
        Instant event = created != null ? created : counted != null ? counted : at;
        return new CallTimes(stated != null ? stated : Moment.event(event), answeredAt(stated), ended());
    }

    private @Nullable Integer talkSeconds() {
        return kind == Kind.REPORT && Boolean.TRUE.equals(answered()) ? times.talkSeconds() : null;
    }

    private @Nullable Moment answeredAt(@Nullable Moment stated) {
        if (status == CallState.IN_PROGRESS || status == CallState.FORWARDING) {
            boolean change = kind == Kind.CHANGE && status == CallState.IN_PROGRESS;
            return stated != null ? stated : change ? Moment.stated(at) : Moment.event(at);
        }
        return Boolean.TRUE.equals(answered()) ? stated : null;
    }

    /** A sighting may come long after the end, and so does what the API answers. */
    private @Nullable Moment ended() {
        if (status != CallState.ENDED) {
            return null;
        }
        Moment stated = Moment.stated(times.end());
        return stated != null || kind == Kind.SIGHTING || raw.isSettled() ? stated : Moment.event(at);
    }

    /** The carrier's id, where Vapi tells which carrier it is. */
    private List<CallKey> keys() {
        String carrier = CleanField.cut(Json.text(message, "/call/phoneCallProvider"), CleanField.NAME);
        String id = VapiReport.carrierCallId(message);
        return carrier == null || id == null ? List.of() : List.of(new CallKey(carrier, id));
    }

    private @Nullable String transcript() {
        return switch (kind) {
            case REPORT, CHANGE -> VapiTalk.transcript(message);
            case CONVERSATION -> VapiTalk.turns(message);
            case SIGHTING -> null;
        };
    }

    private Map<String, String> metadata() {
        Map<String, @Nullable String> found = new HashMap<>();
        found.put("assistantId", Json.text(message, "/call/assistantId"));
        found.put("phoneNumberId", Json.text(message, "/call/phoneNumberId"));
        found.put("campaignId", Json.text(message, "/call/campaignId"));
        found.put("callType", Json.text(message, "/call/type"));
        found.put(
                "endedGroup",
                endedReason == null ? null : VapiEnding.of(endedReason).label());
        found.put("assistantVersion", Json.text(message, "/assistantVersion", "/call/assistantVersion"));
        found.put("turnLatencyMs", Json.text(message, "/artifact/performanceMetrics/turnLatencyAverage"));
        found.put("transferredTo", VapiTalk.transfers(message.at("/artifact/transfers")));
        if (status == CallState.FORWARDING) {
            found.put("forwardedTo", Json.text(message, "/destination/number", "/destination/sipUri"));
        }
        return CleanField.entries(found);
    }
}
