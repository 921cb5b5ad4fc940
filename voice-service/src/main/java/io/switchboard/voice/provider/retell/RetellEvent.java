package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.kit.value.BoundedNumbers;
import io.switchboard.kit.value.Times;
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
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.Talk;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates one of Retell's events. All that are about a call hold the call as far as it has come. */
final class RetellEvent {
    /** More than the inbox keeps reports of one name: the analysed call outweighs the ended one. */
    private static final int REVISIONS = 100;

    private final JsonNode root;
    private final JsonNode call;
    private final RawEvent raw;
    private final Kind kind;
    private final @Nullable CallState status;
    private final @Nullable Instant start;
    private final @Nullable Instant end;
    private final @Nullable Integer millis;
    private final @Nullable String endedReason;
    private final @Nullable String transcript;
    private final @Nullable Boolean answered;
    private final @Nullable Instant told;

    RetellEvent(JsonNode root, RawEvent raw) {
        this.root = root;
        this.raw = raw;
        call = root.path("call");
        status = status();
        kind = raw.isSettled() && status == CallState.ENDED ? Kind.REPORT : kind(raw.type());
        start = Json.time(call, "/start_timestamp");
        end = Json.time(call, "/end_timestamp");
        millis = BoundedNumbers.count(Json.number(call, "/duration_ms"), Integer.MAX_VALUE);
        endedReason = status == CallState.ENDED ? CleanField.reason(Json.text(call, "/disconnection_reason")) : null;
        transcript = kind == Kind.REPORT || kind == Kind.CONVERSATION ? RetellTalk.transcript(call) : null;
        answered = answered();
        told = toldAt();
    }

    /** Null for chats, and for what is asked before there is a call. */
    @Nullable
    CallEvent callEvent() {
        String callId = call.path("call_id").isTextual() ? Json.text(call, "/call_id") : null;
        return callId == null
                ? null
                : CallEvent.of("retell", callId, kind, told == null ? raw.receivedAt() : told)
                        .revision(raw.type().equals("call_ended") ? raw.revision() + REVISIONS : raw.revision())
                        .status(status)
                        .answered(answered)
                        .parties(parties())
                        .times(times())
                        .report(report())
                        .transcript(transcript)
                        .keys(keys())
                        .metadata(metadata())
                        .build();
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "call_ended", "call_analyzed" -> Kind.REPORT;
            case "call_started" -> Kind.CHANGE;
            case "transcript_updated" -> Kind.CONVERSATION;
            default -> Kind.SIGHTING;
        };
    }

    private @Nullable CallState status() {
        return switch (raw.type()) {
            case "call_started" -> CallState.IN_PROGRESS;
            case "transfer_bridged" -> CallState.FORWARDING;
            case "call_ended", "call_analyzed" -> CallState.ENDED;
            default -> statedStatus();
        };
    }

    private @Nullable CallState statedStatus() {
        String stated = Json.text(call, "/call_status");
        return switch (stated == null ? "" : stated) {
            case "registered" -> CallState.QUEUED;
            case "ongoing" -> CallState.IN_PROGRESS;
            case "not_connected", "ended", "error" -> CallState.ENDED;
            default -> null;
        };
    }

    /** Retell states a start of calls that nobody answered, too. */
    private @Nullable Boolean answered() {
        if (status != CallState.ENDED) {
            return null;
        }
        if ("not_connected".equals(Json.text(call, "/call_status"))
                || RetellEnding.of(endedReason).isUnanswered()) {
            return false;
        }
        return millis != null && millis > 0 || Talk.hasUser(transcript) ? Boolean.TRUE : null;
    }

    /** Retell's events have no time of their own. */
    private @Nullable Instant toldAt() {
        return switch (kind) {
            case REPORT -> end;
            case CHANGE -> start;
            case CONVERSATION -> RetellNames.saidAt(start, lastWordEnd());
            case SIGHTING -> null;
        };
    }

    private @Nullable BigDecimal lastWordEnd() {
        BigDecimal last = null;
        for (JsonNode turn : call.path("transcript_object")) {
            for (JsonNode word : turn.path("words")) {
                last = word.path("end").isNumber() ? word.path("end").decimalValue() : last;
            }
        }
        return last;
    }

    /** Web calls have no numbers. */
    private Parties parties() {
        return new Parties(
                direction(),
                CleanField.cut(Json.text(call, "/from_number"), CleanField.NAME),
                CleanField.cut(Json.text(call, "/to_number"), CleanField.NAME));
    }

    private @Nullable CallDirection direction() {
        boolean web = "web_call".equals(Json.text(call, "/call_type"));
        String told = web ? "web" : Json.text(call, "/direction");
        return switch (told == null ? "" : told) {
            case "inbound" -> CallDirection.INBOUND;
            case "outbound" -> CallDirection.OUTBOUND;
            case "web" -> CallDirection.WEB;
            default -> null;
        };
    }

    private CallTimes times() {
        Instant counted = countedStart();
        Moment started = start != null ? Moment.stated(start) : counted != null ? Moment.event(counted) : moment();
        Moment ended = end != null ? Moment.stated(end) : kind == Kind.REPORT && !raw.isSettled() ? moment() : null;
        return new CallTimes(started, answeredAt(), ended);
    }

    /** The start may be that of the dialling; the duration is that of the talk. */
    private @Nullable Moment answeredAt() {
        Instant counted = countedStart();
        if (Boolean.TRUE.equals(answered)) {
            return counted != null ? Moment.stated(counted) : Moment.event(start);
        }
        boolean isTalking = status != null && Boolean.TRUE.equals(status.answered());
        return isTalking ? start != null ? Moment.event(start) : moment() : null;
    }

    /** The end minus the duration, where both are stated. */
    private @Nullable Instant countedStart() {
        return end == null || millis == null || millis == 0 ? null : Times.shifted(end, Duration.ofMillis(-millis));
    }

    private Moment moment() {
        return Moment.toldOrArrived(told, raw.receivedAt());
    }

    private Report report() {
        RetellReport report = new RetellReport(call, endedReason);
        return kind == Kind.REPORT ? report.whole(answered, talkSeconds()) : report.inPassing();
    }

    private @Nullable Integer talkSeconds() {
        if (!Boolean.TRUE.equals(answered)) {
            return null;
        }
        if (millis != null) {
            return millis / 1_000 > Report.MOST_SECONDS ? null : Integer.valueOf(millis / 1_000);
        }
        return start == null || end == null
                ? null
                : BoundedNumbers.count(
                        BigDecimal.valueOf(Duration.between(start, end).toSeconds()), Report.MOST_SECONDS);
    }

    private List<CallKey> keys() {
        String carrierCallId = RetellReport.carrierCallId(call);
        return carrierCallId == null ? List.of() : List.of(new CallKey("twilio", carrierCallId));
    }

    private Map<String, String> metadata() {
        Map<String, @Nullable String> found = new HashMap<>();
        found.put("assistantId", Json.text(call, "/agent_id"));
        found.put("assistantVersion", Json.text(call, "/agent_version"));
        found.put("callType", Json.text(call, "/call_type"));
        found.put(
                "endedGroup",
                endedReason == null ? null : RetellEnding.of(endedReason).label());
        if (kind == Kind.REPORT) {
            found.put("userSentiment", Json.text(call, "/call_analysis/user_sentiment"));
        }
        if (kind == Kind.REPORT || status == CallState.FORWARDING) {
            found.put("forwardedTo", forwardedTo());
        }
        return CleanField.entries(found);
    }

    private @Nullable String forwardedTo() {
        String told = Json.text(root, "/transfer_destination/number", "/transfer_destination");
        return told != null ? told : Json.text(call, "/transfer_destination/number", "/transfer_destination");
    }
}
