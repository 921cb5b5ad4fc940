package io.switchboard.voice.provider.telnyx;

import io.switchboard.kit.value.Times;
import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.callevent.TranscriptFragment;
import io.switchboard.voice.callevent.TranscriptFragment.Speaker;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates one of the forms that Telnyx sends of calls that TeXML controls. */
final class TexmlCallback {
    private final TexmlRequest request;
    private final Instant receivedAt;
    private final @Nullable Instant toldAt;
    private final @Nullable CallState status;
    private final @Nullable Integer talkSeconds;

    TexmlCallback(TexmlRequest request, Instant receivedAt) {
        this.request = request;
        this.receivedAt = receivedAt;
        Instant timestamp = Times.read(request.get("Timestamp"));
        toldAt = timestamp != null ? timestamp : Times.read(request.get("OccurredAt"));
        status = status();
        talkSeconds = request.isOver() ? request.form().count("CallDuration", Report.MOST_SECONDS) : null;
    }

    /** Null for requests without a call. */
    @Nullable
    CallEvent callEvent() {
        String callId = CleanField.orNull(request.get("CallSid"));
        return callId == null
                ? null
                : CallEvent.of("telnyx", callId, isChange() ? Kind.CHANGE : Kind.SIGHTING, at())
                        .status(status)
                        .answered(answered())
                        .parties(parties())
                        .times(times())
                        .report(report())
                        .transcript(CleanField.cut(request.get("TranscriptionText"), CleanField.TRANSCRIPT))
                        .fragments(fragments())
                        .keys(TelnyxCallKeys.of(
                                callId,
                                request.get("CallControlId"),
                                request.get("CallLegId"),
                                request.get("CallSessionId"),
                                request.get("ParentCallSid")))
                        .metadata(metadata())
                        .build();
    }

    private boolean isChange() {
        return request.kind() == TexmlRequest.Kind.STATUS;
    }

    private @Nullable CallState status() {
        String told = request.get("CallStatus");
        return switch (told == null ? "" : told) {
            case "queued", "initiated" -> CallState.QUEUED;
            case "ringing" -> CallState.RINGING;
            case "in-progress", "answered" -> CallState.IN_PROGRESS;
            default -> request.isOver() ? CallState.ENDED : null;
        };
    }

    /** "Completed" alone proves nothing: a call that was hung up at once has it too. */
    private @Nullable Boolean answered() {
        if (!request.isOver()) {
            return null;
        }
        if (Times.read(request.get("AnsweredTime")) != null) {
            return true;
        }
        if ("completed".equals(request.get("CallStatus"))) {
            return talkSeconds == null ? null : talkSeconds > 0;
        }
        return false;
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
            case "inbound", "incoming" -> CallDirection.INBOUND;
            case "outbound", "outgoing", "outbound-api", "outbound-dial" -> CallDirection.OUTBOUND;
            default -> null;
        };
    }

    private CallTimes times() {
        Instant initiated = Times.read(request.get("CallInitiatedAt"));
        Moment heard = Moment.toldOrArrived(toldAt, receivedAt);
        return new CallTimes(initiated == null ? heard : Moment.stated(initiated), answeredAt(heard), ended());
    }

    private @Nullable Moment answeredAt(Moment heard) {
        Moment stated = Moment.stated(Times.read(request.get("AnsweredTime")));
        if (stated != null || status != CallState.IN_PROGRESS) {
            return stated;
        }
        return isChange() && toldAt != null ? Moment.stated(toldAt) : heard;
    }

    /** Other requests than status callbacks may come long after the end. */
    private @Nullable Moment ended() {
        if (!request.isOver() || !isChange()) {
            return null;
        }
        Moment stated = Moment.stated(Times.read(request.get("EndTime")));
        return stated != null ? stated : Moment.toldOrArrived(toldAt, receivedAt);
    }

    private Report report() {
        boolean recorded = !request.form().has("RecordingStatus") || "completed".equals(request.get("RecordingStatus"));
        String cause = request.get("HangupCause");
        return Report.NONE
                .with(
                        ReportField.ENDED_REASON,
                        request.isOver() ? CleanField.reason(cause == null ? request.get("CallStatus") : cause) : null)
                .with(ReportField.DURATION_SECONDS, Boolean.TRUE.equals(answered()) ? talkSeconds : null)
                .with(ReportField.RECORDING_URL, recorded ? CleanField.url(request.get("RecordingUrl")) : null)
                .with(ReportField.CUSTOMER_NAME, direction() == CallDirection.INBOUND ? callerName() : null)
                .with(ReportField.ANSWERED_BY, answeredBy())
                .with(ReportField.PARENT_CALL_ID, CleanField.cut(request.get("ParentCallSid"), CleanField.NAME));
    }

    private @Nullable AnsweredBy answeredBy() {
        String told = request.get("AnsweredBy");
        return told == null ? null : TelnyxMachine.answeredBy(told);
    }

    private @Nullable String callerName() {
        return CleanField.personName(request.get("CallerId"));
    }

    /** Telnyx does not tell here who of the two spoke. Interim results are left out. */
    private List<TranscriptFragment> fragments() {
        String text = CleanField.cut(request.get("Transcript"), CleanField.FRAGMENT);
        boolean interim = "false".equals(lower(request.get("IsFinal")));
        return text == null || interim
                ? List.of()
                : List.of(new TranscriptFragment(request.form().fingerprint(), Speaker.OTHER, text, null, at()));
    }

    private Map<String, String> metadata() {
        Map<String, @Nullable String> found = new HashMap<>();
        found.put("answeredBy", request.get("AnsweredBy"));
        found.put("connectionId", request.get("ConnectionId"));
        found.put("hangupSource", request.get("HangupSource"));
        found.put("recordingId", request.get("RecordingSid"));
        found.put("shakenAttestation", request.get("ShakenStirAttestation"));
        found.put("dialCallSid", request.get("DialCallSid"));
        found.put("dialCallStatus", request.get("DialCallStatus"));
        found.put("errorCode", request.get("ErrorCode"));
        return CleanField.entries(found);
    }

    private Instant at() {
        return toldAt == null ? receivedAt : toldAt;
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
