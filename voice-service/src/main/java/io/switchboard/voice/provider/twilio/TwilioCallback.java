package io.switchboard.voice.provider.twilio;

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
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Untranslatable;
import io.switchboard.voice.signature.Signature;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Translates one of Twilio's requests, or the same parameters of an Event Streams element. */
final class TwilioCallback {
    private final TwilioRequest request;
    private final Instant receivedAt;
    private final @Nullable Instant toldAt;
    private final @Nullable CallState status;
    private final @Nullable Integer talkSeconds;

    /** @param streamedAt the element's time, where the parameters came out of one */
    TwilioCallback(TwilioRequest request, Instant receivedAt, @Nullable Instant streamedAt) {
        this.request = request;
        this.receivedAt = receivedAt;
        Instant timestamp = Times.read(request.get("Timestamp"));
        toldAt = timestamp != null ? timestamp : streamedAt;
        status = status();
        talkSeconds = request.isOver() ? request.form().count("CallDuration", Report.MOST_SECONDS) : null;
    }

    /** Null for requests without a call, such as the recording of a conference. */
    @Nullable
    CallEvent callEvent() {
        String callId = CleanField.orNull(request.get("CallSid"));
        return callId == null
                ? null
                : CallEvent.of("twilio", callId, kind(), at())
                        .status(status)
                        .answered(answered())
                        .parties(parties())
                        .times(times())
                        .report(report())
                        .transcript(CleanField.cut(request.get("TranscriptionText"), CleanField.TRANSCRIPT))
                        .fragments(fragments())
                        .keys(keys())
                        .metadata(metadata())
                        .build();
    }

    private Kind kind() {
        return request.kind() == TwilioRequest.Kind.STATUS ? Kind.CHANGE : Kind.SIGHTING;
    }

    private @Nullable CallState status() {
        String told = request.get("CallStatus");
        return switch (told == null ? "" : told) {
            case "queued", "initiated" -> CallState.QUEUED;
            case "ringing" -> CallState.RINGING;
            case "in-progress" -> CallState.IN_PROGRESS;
            default -> request.isOver() ? CallState.ENDED : null;
        };
    }

    /** "Completed" alone proves nothing: a call that was hung up within a second has it too. */
    private @Nullable Boolean answered() {
        if (!request.isOver()) {
            return null;
        }
        if ("completed".equals(request.get("CallStatus"))) {
            return talkSeconds == null ? null : talkSeconds > 0;
        }
        return false;
    }

    private Parties parties() {
        String from = request.get("From");
        String to = request.get("To");
        return new Parties(
                request.direction(),
                CleanField.cut(from == null ? request.get("Caller") : from, CleanField.NAME),
                CleanField.cut(to == null ? request.get("Called") : to, CleanField.NAME));
    }

    /** Twilio counts CallDuration from the answer, so a final callback alone tells when that was. */
    private CallTimes times() {
        Instant end = request.isOver() ? toldAt : null;
        Instant answer = end != null && talkSeconds != null && talkSeconds > 0
                ? Times.shifted(end, Duration.ofSeconds(-talkSeconds))
                : null;
        Instant start = answer != null ? answer : toldAt;
        return new CallTimes(Moment.toldOrArrived(start, receivedAt), answeredAt(answer), ended(end));
    }

    private @Nullable Moment answeredAt(@Nullable Instant counted) {
        if (status != CallState.IN_PROGRESS) {
            return Moment.stated(counted);
        }
        if (toldAt == null) {
            return Moment.arrival(receivedAt);
        }
        return request.kind() == TwilioRequest.Kind.STATUS ? Moment.stated(toldAt) : Moment.event(toldAt);
    }

    private @Nullable Moment ended(@Nullable Instant told) {
        return told == null && request.isOver() ? Moment.arrival(receivedAt) : Moment.stated(told);
    }

    private Report report() {
        BigDecimal cost = cost();
        boolean recorded = !request.form().has("RecordingStatus") || "completed".equals(request.get("RecordingStatus"));
        return Report.NONE
                .with(ReportField.ENDED_REASON, request.isOver() ? request.get("CallStatus") : null)
                .with(ReportField.DURATION_SECONDS, talkSeconds)
                .with(ReportField.COST, cost)
                .with(ReportField.CURRENCY, cost == null ? null : CleanField.currency(request.get("PriceUnit")))
                .with(ReportField.RECORDING_URL, recorded ? CleanField.url(request.get("RecordingUrl")) : null)
                .with(ReportField.CUSTOMER_NAME, request.direction() == CallDirection.INBOUND ? callerName() : null)
                .with(ReportField.ANSWERED_BY, answeredBy())
                .with(ReportField.PARENT_CALL_ID, CleanField.cut(request.get("ParentCallSid"), CleanField.NAME));
    }

    /** Only the API tells it, and as what is taken from the account: less than nothing. */
    private @Nullable BigDecimal cost() {
        BigDecimal taken = BoundedNumbers.decimal(request.get("Price"));
        return taken == null ? null : CleanField.cost(taken.negate());
    }

    /** A machine's kinds are "machine_start", "machine_end_beep" and the like. */
    private @Nullable AnsweredBy answeredBy() {
        String told = request.get("AnsweredBy");
        if (told == null) {
            return null;
        }
        return told.equals("human")
                ? AnsweredBy.HUMAN
                : told.startsWith("machine") || told.equals("fax") ? AnsweredBy.MACHINE : AnsweredBy.UNKNOWN;
    }

    /** A finished utterance of a real-time transcription. The inbound track is what the other party says. */
    private List<TranscriptFragment> fragments() {
        String text = "true".equals(request.get("Final")) ? utterance() : null;
        String transcription = CleanField.cut(request.get("TranscriptionSid"), CleanField.NAME);
        Integer sequence = request.form().count("SequenceId", Integer.MAX_VALUE);
        if (text == null || transcription == null || sequence == null) {
            return List.of();
        }
        Speaker speaker =
                switch (String.valueOf(request.get("Track"))) {
                    case "inbound_track" -> Speaker.CONTACT;
                    case "outbound_track" -> Speaker.AGENT;
                    default -> Speaker.OTHER;
                };
        return List.of(new TranscriptFragment(transcription + ":" + sequence, speaker, text, sequence, at()));
    }

    private @Nullable String utterance() {
        String data = request.get("TranscriptionData");
        try {
            return data == null
                    ? null
                    : CleanField.cut(Json.text(Json.tree(Signature.utf8(data)), "/transcript"), CleanField.FRAGMENT);
        } catch (Untranslatable odd) {
            return null; // the event still tells of its call
        }
    }

    private @Nullable String callerName() {
        return CleanField.personName(request.get("CallerName"));
    }

    /** A call that was dialled from another one names it, and is named by it. */
    private List<CallKey> keys() {
        return Stream.of("ParentCallSid", "DialCallSid")
                .map(request::get)
                .filter(Objects::nonNull)
                .map(sid -> new CallKey("twilio", sid))
                .toList();
    }

    private Map<String, String> metadata() {
        Map<String, @Nullable String> found = new HashMap<>();
        found.put("answeredBy", request.get("AnsweredBy"));
        found.put("forwardedFrom", request.get("ForwardedFrom"));
        found.put("stirVerstat", request.get("StirVerstat"));
        found.put("sipResponseCode", request.get("SipResponseCode"));
        found.put("recordingSid", request.get("RecordingSid"));
        found.put("dialCallSid", request.get("DialCallSid"));
        found.put("dialCallStatus", request.get("DialCallStatus"));
        if (request.kind() == TwilioRequest.Kind.STATUS) {
            found.put("errorCode", request.get("ErrorCode"));
        }
        return CleanField.entries(found);
    }

    /** Twilio's times are whole seconds; within one, the sequence number tells which came later. */
    private Instant at() {
        Integer sequence = request.form().count("SequenceNumber", Integer.MAX_VALUE);
        if (toldAt == null || sequence == null) {
            return toldAt == null ? receivedAt : toldAt;
        }
        Instant within = Times.shifted(toldAt, Duration.ofMillis(Math.min(sequence, 999)));
        return within == null ? toldAt : within;
    }
}
