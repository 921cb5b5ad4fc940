package io.switchboard.voice.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.RawEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates one of Telnyx's call control events. */
final class TelnyxEvent {
    /** Whose later word wins; all others only fill what is not known. */
    private static final Set<String> CHANGES = Set.of(
            "call.initiated",
            "call.answered",
            "call.bridged",
            "call.hangup",
            "call.cost",
            "call.recording.saved",
            "call.recording.transcription.saved",
            "call.conversation_insights.generated",
            "call.machine.detection.ended",
            "call.machine.greeting.ended",
            "call.machine.premium.detection.ended",
            "call.machine.premium.greeting.ended");

    /** Causes of a hangup before an answer. */
    private static final Set<String> UNANSWERED =
            Set.of("call_rejected", "originator_cancel", "timeout", "user_busy", "not_found", "no_answer");

    private final String type;
    private final Instant receivedAt;
    private final TelnyxPayload payload;
    private final @Nullable Instant toldAt;
    private final @Nullable String eventId;

    private TelnyxEvent(JsonNode data, RawEvent raw) {
        type = raw.type();
        receivedAt = raw.receivedAt();
        payload = new TelnyxPayload(data.path("payload"));
        toldAt = Json.time(data, "/occurred_at", "/payload/occurred_at", "/created_at");
        eventId = Json.text(data, "/id");
    }

    static TelnyxEvent of(RawEvent raw) {
        JsonNode event = Json.tree(raw.body());
        // Events of the second family have data, too, but no type there.
        boolean second = !event.at("/data/event_type").isTextual();
        return new TelnyxEvent(second ? MissingNode.getInstance() : event.path("data"), raw);
    }

    /** Null for events about no call. */
    @Nullable
    CallEvent callEvent() {
        String callId = payload.callId();
        return callId == null
                ? null
                : CallEvent.of("telnyx", callId, kind(), at())
                        .status(status())
                        .answered(answered())
                        .parties(parties())
                        .times(times())
                        .report(new TelnyxReport(type, payload, direction()).report())
                        .transcript(TelnyxTalk.transcript(type, payload))
                        .fragments(TelnyxTalk.fragments(type, payload, eventId, at()))
                        .keys(payload.keys(callId))
                        .metadata(TelnyxReport.metadata(type, payload))
                        .build();
    }

    private Kind kind() {
        return CHANGES.contains(type)
                ? Kind.CHANGE
                : payload.json().path("message_history").isArray() ? Kind.CONVERSATION : Kind.SIGHTING;
    }

    private @Nullable CallState status() {
        return switch (type) {
            case "call.initiated" -> CallState.RINGING;
            case "call.answered", "call.bridged" -> CallState.IN_PROGRESS;
            case "call.hangup" -> CallState.ENDED;
            default -> null;
        };
    }

    /** A call that was cleared normally may or may not have been answered before. */
    private @Nullable Boolean answered() {
        if (type.equals("call.hangup")) {
            String cause = payload.text("/hangup_cause");
            return cause == null ? null : UNANSWERED.contains(cause) ? Boolean.FALSE : isTimeUp(cause);
        }
        BigDecimal talked = Json.number(payload.json(), "/duration_sec");
        boolean talk = type.equals("call.conversation.ended") && talked != null && talked.signum() > 0;
        return talk || type.startsWith("call.machine.") ? Boolean.TRUE : null;
    }

    /** Time is counted from the answer. */
    private static @Nullable Boolean isTimeUp(String cause) {
        return cause.equals("time_limit") ? Boolean.TRUE : null;
    }

    private Parties parties() {
        return new Parties(
                direction(),
                CleanField.cut(payload.text("/from"), CleanField.NAME),
                CleanField.cut(payload.text("/to"), CleanField.NAME));
    }

    private @Nullable CallDirection direction() {
        String told = payload.text("/direction");
        return switch (told == null ? "" : told) {
            case "incoming", "inbound" -> CallDirection.INBOUND;
            case "outgoing", "outbound" -> CallDirection.OUTBOUND;
            default -> null;
        };
    }

    private CallTimes times() {
        Moment started = Moment.stated(Json.time(payload.json(), "/start_time"));
        return new CallTimes(started == null ? heard() : started, answeredAt(), ended());
    }

    private @Nullable Moment answeredAt() {
        return switch (type) {
            case "call.answered" -> toldAt == null ? Moment.arrival(receivedAt) : Moment.stated(toldAt);
            case "call.bridged" -> heard();
            default -> null;
        };
    }

    private @Nullable Moment ended() {
        if (!type.equals("call.hangup")) {
            return null;
        }
        Moment stated = Moment.stated(Json.time(payload.json(), "/end_time"));
        return stated == null ? heard() : stated;
    }

    private Moment heard() {
        return Moment.toldOrArrived(toldAt, receivedAt);
    }

    private Instant at() {
        return toldAt == null ? receivedAt : toldAt;
    }
}
