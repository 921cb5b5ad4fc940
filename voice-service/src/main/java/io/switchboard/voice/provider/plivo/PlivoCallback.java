package io.switchboard.voice.provider.plivo;

import io.switchboard.kit.value.BoundedNumbers;
import io.switchboard.kit.value.Times;
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
import io.switchboard.voice.callevent.TranscriptFragment;
import io.switchboard.voice.callevent.TranscriptFragment.Speaker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Translates one of Plivo's requests. */
final class PlivoCallback {
    /** Ids of this leg and of others of the same call. */
    private static final List<String> KEYS = List.of(
            "RequestUUID", "ALegUUID", "ALegRequestUUID", "BLegUUID", "ParentCallUUID", "DialALegUUID", "DialBLegUUID");

    private final PlivoRequest request;
    private final Instant receivedAt;
    /** Whether it tells of the end itself; a recording may come long after. */
    private final boolean ending;

    private final @Nullable Instant sessionAt;
    private final @Nullable Instant endedAt;
    private final @Nullable Integer talkSeconds;

    PlivoCallback(PlivoRequest request, Instant receivedAt) {
        this.request = request;
        this.receivedAt = receivedAt;
        ending = request.isOver() && isChange();
        sessionAt = Times.read(request.get("SessionStart"));
        endedAt = ending ? Times.read(request.get("EndTime")) : null;
        talkSeconds = ending ? request.form().count("Duration", Report.MOST_SECONDS) : null;
    }

    /** Null for requests without a call, such as the recording of a conference. */
    @Nullable
    CallEvent callEvent() {
        String callId = CleanField.orNull(request.callId());
        return callId == null
                ? null
                : CallEvent.of("plivo", callId, isChange() ? Kind.CHANGE : Kind.SIGHTING, at())
                        .status(status())
                        .answered(answered())
                        .parties(parties())
                        .times(times())
                        .report(report())
                        .transcript(CleanField.cut(request.get("transcription"), CleanField.TRANSCRIPT))
                        .fragments(fragments())
                        .keys(keys(callId))
                        .metadata(metadata())
                        .build();
    }

    private boolean isChange() {
        return request.kind() == PlivoRequest.Kind.HANGUP || request.kind() == PlivoRequest.Kind.STATE;
    }

    private @Nullable CallState status() {
        String told = request.get("CallStatus");
        return request.isOver()
                ? CallState.ENDED
                : switch (told == null ? "" : told) {
                    case "queued" -> CallState.QUEUED;
                    case "ringing", "early-media" -> CallState.RINGING;
                    case "in-progress" -> CallState.IN_PROGRESS;
                    default -> null;
                };
    }

    /** "Completed" alone proves nothing, and neither does a status that is not known. */
    private @Nullable Boolean answered() {
        if (!ending) {
            return null;
        }
        if (Times.read(request.get("AnswerTime")) != null || talkSeconds != null && talkSeconds > 0) {
            return true;
        }
        return request.isUnanswered() || talkSeconds != null && request.isCompleted() ? Boolean.FALSE : null;
    }

    private Parties parties() {
        return new Parties(
                direction(),
                CleanField.cut(request.get("From"), CleanField.NAME),
                CleanField.cut(request.get("To"), CleanField.NAME));
    }

    private @Nullable CallDirection direction() {
        String told = request.get("Direction");
        return switch (told == null ? "" : told) {
            case "inbound" -> CallDirection.INBOUND;
            case "outbound" -> CallDirection.OUTBOUND;
            default -> null;
        };
    }

    private CallTimes times() {
        Moment stated = Moment.stated(ending ? Times.read(request.get("StartTime")) : null);
        Moment session = Moment.event(sessionAt);
        Moment started = stated != null ? stated : session != null ? session : Moment.arrival(receivedAt);
        return new CallTimes(started, answeredAt(), ended());
    }

    /** Plivo counts the duration from the answer. */
    private @Nullable Moment answeredAt() {
        if (!ending) {
            return status() == CallState.IN_PROGRESS ? Moment.arrival(receivedAt) : null;
        }
        Moment stated = Moment.stated(Times.read(request.get("AnswerTime")));
        if (stated != null || endedAt == null || talkSeconds == null || talkSeconds == 0) {
            return stated;
        }
        return Moment.event(Times.shifted(endedAt, Duration.ofSeconds(-talkSeconds)));
    }

    private @Nullable Moment ended() {
        return !ending ? null : endedAt == null ? Moment.arrival(receivedAt) : Moment.stated(endedAt);
    }

    private Report report() {
        BigDecimal cost = ending ? CleanField.cost(BoundedNumbers.decimal(request.get("TotalCost"))) : null;
        return Report.NONE
                .with(
                        ReportField.ENDED_REASON,
                        ending ? CleanField.reason(request.get("HangupCause", "HangupCauseName", "CallStatus")) : null)
                .with(ReportField.DURATION_SECONDS, Boolean.TRUE.equals(answered()) ? talkSeconds : null)
                .with(ReportField.COST, cost)
                .with(ReportField.CURRENCY, cost == null ? null : "USD")
                .with(
                        ReportField.RECORDING_URL,
                        request.isRecorded() ? CleanField.url(request.get("RecordUrl", "record_url")) : null)
                .with(ReportField.CUSTOMER_NAME, direction() == CallDirection.INBOUND ? callerName() : null)
                .with(ReportField.ANSWERED_BY, answeredBy())
                .with(ReportField.PARENT_CALL_ID, parent());
    }

    private @Nullable String callerName() {
        return CleanField.personName(request.get("CallerName"));
    }

    private @Nullable AnsweredBy answeredBy() {
        String told = request.get("Machine");
        return switch (told == null ? "" : told.toLowerCase(Locale.ROOT)) {
            case "true" -> AnsweredBy.MACHINE;
            case "false" -> AnsweredBy.HUMAN;
            default -> null;
        };
    }

    /** The first leg, where this one is a later leg of the same call. */
    private @Nullable String parent() {
        String first = CleanField.cut(request.get("ParentCallUUID", "ALegUUID"), CleanField.NAME);
        return Objects.equals(first, CleanField.orNull(request.callId())) ? null : first;
    }

    private List<CallKey> keys(String callId) {
        return KEYS.stream()
                .map(request::get)
                .filter(id -> id != null && id.length() <= CleanField.NAME)
                .map(CleanField::orNull)
                .filter(id -> id != null && !id.equals(callId))
                .distinct()
                .map(id -> new CallKey("plivo", id))
                .toList();
    }

    /** What the other party said to a prompt. Interim results have other names. */
    private List<TranscriptFragment> fragments() {
        String text = CleanField.cut(request.get("Speech"), CleanField.FRAGMENT);
        return text == null || request.kind() != PlivoRequest.Kind.INPUT
                ? List.of()
                : List.of(new TranscriptFragment(
                        request.fingerprint("InputType", "Digits", "Speech"), Speaker.CONTACT, text, null, receivedAt));
    }

    private Map<String, String> metadata() {
        Map<String, @Nullable String> found = new HashMap<>();
        found.put("forwardedFrom", request.get("ForwardedFrom"));
        found.put("hangupSource", request.get("HangupSource"));
        found.put("hangupCauseName", request.get("HangupCauseName"));
        found.put("hangupCauseCode", request.get("HangupCauseCode"));
        found.put("recordingId", request.recordingId());
        found.put(
                "transcriptionError", request.kind() == PlivoRequest.Kind.TRANSCRIPTION ? request.get("error") : null);
        found.put("dialStatus", request.get("DialStatus", "DialBLegStatus"));
        return CleanField.entries(found);
    }

    /** The event's own time is told only of the end; for the rest the session's, so that no order of arrival matters. */
    private Instant at() {
        Instant told = ending ? endedAt : sessionAt;
        return told == null ? receivedAt : told;
    }
}
