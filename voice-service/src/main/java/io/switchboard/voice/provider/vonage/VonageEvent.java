package io.switchboard.voice.provider.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.kit.value.BoundedNumbers;
import io.switchboard.voice.callevent.AnsweredBy;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Translates one of Vonage's events. A call is one leg; its conversation is a further id of it. */
final class VonageEvent {
    private final JsonNode event;
    private final RawEvent raw;
    private final @Nullable Instant toldAt;
    private final @Nullable CallState status;
    private final @Nullable Integer talkSeconds;

    VonageEvent(JsonNode event, RawEvent raw) {
        this.event = event;
        this.raw = raw;
        toldAt = Json.time(event, "/timestamp");
        status = status();
        talkSeconds = isCompleted() ? BoundedNumbers.count(Json.number(event, "/duration"), Report.MOST_SECONDS) : null;
    }

    /** Null where neither a call nor a conversation is named. */
    @Nullable
    CallEvent callEvent() {
        String callId = VonageRequest.subject(event);
        return callId == null
                ? null
                : CallEvent.of("vonage", callId, kind(), toldAt == null ? raw.receivedAt() : toldAt)
                        .status(status)
                        .answered(answered())
                        .parties(parties())
                        .times(times())
                        .report(report())
                        .keys(keys(callId))
                        .metadata(metadata())
                        .build();
    }

    /** "Completed" also follows "busy" and its like, whose word it must not replace. */
    private Kind kind() {
        boolean isChange = status != null && (!isCompleted() || Boolean.TRUE.equals(answered()));
        return isChange ? Kind.CHANGE : Kind.SIGHTING;
    }

    private @Nullable CallState status() {
        return switch (raw.type()) {
            case "started" -> CallState.QUEUED;
            case "ringing" -> CallState.RINGING;
            case "answered", "human", "machine" -> CallState.IN_PROGRESS;
            case "completed", "busy", "cancelled", "unanswered", "rejected", "failed", "timeout" -> CallState.ENDED;
            default -> null; // "disconnected" is only the end of a WebSocket
        };
    }

    private boolean isCompleted() {
        return raw.type().equals("completed");
    }

    private @Nullable Boolean answered() {
        if (status != CallState.ENDED) {
            return null;
        }
        return !isCompleted() ? Boolean.FALSE : talkSeconds == null ? null : Boolean.valueOf(talkSeconds > 0);
    }

    private @Nullable AnsweredBy answeredBy() {
        return switch (raw.type()) {
            case "human" -> AnsweredBy.HUMAN;
            case "machine" -> AnsweredBy.MACHINE;
            default -> null;
        };
    }

    private Parties parties() {
        String direction = Json.text(event, "/direction");
        return new Parties(
                switch (direction == null ? "" : direction) {
                    case "inbound" -> CallDirection.INBOUND;
                    case "outbound" -> CallDirection.OUTBOUND;
                    default -> null; // the answer URL is asked for calls of both directions
                },
                CleanField.cut(Json.text(event, "/from"), CleanField.NAME),
                CleanField.cut(Json.text(event, "/to"), CleanField.NAME));
    }

    private CallTimes times() {
        Instant answer = isCompleted() && Boolean.TRUE.equals(answered()) ? Json.time(event, "/start_time") : null;
        return new CallTimes(startedAt(answer), answeredAt(answer), endedAt());
    }

    private Moment startedAt(@Nullable Instant answer) {
        if (toldAt == null && answer == null) {
            return Moment.arrival(raw.receivedAt());
        }
        boolean isStated = toldAt != null && raw.type().equals("started");
        return new Moment(
                answer == null ? Objects.requireNonNull(toldAt) : answer,
                isStated ? CallTimes.Basis.STATED : CallTimes.Basis.EVENT);
    }

    /** A call is recognised as a person's or a machine's only after the answer. */
    private @Nullable Moment answeredAt(@Nullable Instant answer) {
        if (status != CallState.IN_PROGRESS) {
            return Moment.stated(answer);
        }
        if (toldAt == null) {
            return Moment.arrival(raw.receivedAt());
        }
        return answeredBy() == null ? Moment.stated(toldAt) : Moment.event(toldAt);
    }

    private @Nullable Moment endedAt() {
        if (status != CallState.ENDED) {
            return null;
        }
        Moment stated = Moment.stated(Json.time(event, "/end_time"));
        return stated != null ? stated : Moment.toldOrArrived(toldAt, raw.receivedAt());
    }

    private Report report() {
        BigDecimal cost = isCompleted() ? CleanField.cost(Json.number(event, "/price")) : null;
        return Report.NONE
                .with(ReportField.ENDED_REASON, status == CallState.ENDED ? raw.type() : null)
                .with(ReportField.DURATION_SECONDS, talkSeconds)
                .with(ReportField.COST, cost)
                .with(ReportField.CURRENCY, cost == null ? null : "EUR")
                .with(ReportField.ANSWERED_BY, answeredBy())
                .with(ReportField.RECORDING_URL, CleanField.url(Json.text(event, "/recording_url")));
    }

    private List<CallKey> keys(String callId) {
        return Stream.of("/conversation_uuid", "/conversation_uuid_from", "/conversation_uuid_to")
                .map(pointer -> VonageRequest.name(event, pointer))
                .filter(key -> key != null && !key.equals(callId))
                .distinct()
                .map(key -> new CallKey("vonage", key))
                .toList();
    }

    private Map<String, String> metadata() {
        Map<String, @Nullable String> found = new HashMap<>();
        found.put("network", Json.text(event, "/network"));
        found.put("rate", Json.text(event, "/rate"));
        found.put("sipCode", Json.text(event, "/sip_code"));
        found.put("disconnectedBy", Json.text(event, "/disconnected_by"));
        found.put("machineState", Json.text(event, "/sub_state", "/machine/sub_state"));
        found.put("recordingId", Json.text(event, "/recording_uuid"));
        found.put("transferredTo", Json.text(event, "/conversation_uuid_to"));
        found.put("detail", Json.text(event, "/detail"));
        found.put(raw.type().equals(VonageRequest.ERROR) ? "error" : "fallbackReason", Json.text(event, "/reason"));
        return CleanField.entries(found);
    }
}
