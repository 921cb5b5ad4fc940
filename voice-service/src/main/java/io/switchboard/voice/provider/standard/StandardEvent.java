package io.switchboard.voice.provider.standard;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.kit.value.BoundedNumbers;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.RawEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates one event of a call: {@code {type, timestamp, data}}, where data has the fields of our own calls. */
final class StandardEvent {
    private static final String STARTED = "call.started";
    private static final String ANSWERED = "call.answered";
    private static final String ENDED = "call.ended";
    private static final String ANALYZED = "call.analyzed";
    private static final int MOST_METADATA = 20;
    private static final int LONGEST_NAME = 60;

    private final JsonNode data;
    private final RawEvent raw;
    private final @Nullable Instant toldAt;
    private final CallState status;
    private final @Nullable Integer seconds;

    StandardEvent(JsonNode event, RawEvent raw) {
        data = event.path("data");
        this.raw = raw;
        toldAt = Json.time(event, "/timestamp");
        status = status();
        seconds = BoundedNumbers.count(Json.number(data, "/durationSeconds"), Report.MOST_SECONDS);
    }

    static boolean isOfCall(String type) {
        return type.equals(STARTED) || type.equals(ANSWERED) || type.equals(ENDED) || type.equals(ANALYZED);
    }

    /** Null where no call is named. */
    @Nullable
    CallEvent callEvent() {
        JsonNode callId = data.path("callId");
        String id = callId.isTextual() ? CleanField.orNull(callId.asText()) : null;
        Kind kind = raw.type().equals(ANALYZED) ? Kind.REPORT : Kind.CHANGE;
        return id == null
                ? null
                : CallEvent.of("standard", id, kind, toldAt == null ? raw.receivedAt() : toldAt)
                        .status(status)
                        .answered(answered())
                        .parties(parties())
                        .times(times())
                        .report(report())
                        .transcript(CleanField.cut(Json.text(data, "/transcript"), CleanField.TRANSCRIPT))
                        .metadata(metadata())
                        .revision(raw.revision())
                        .build();
    }

    /** The later one of what the type says and what the status says. */
    private CallState status() {
        CallState typical =
                switch (raw.type()) {
                    case STARTED -> CallState.RINGING;
                    case ANSWERED -> CallState.IN_PROGRESS;
                    default -> CallState.ENDED;
                };
        String told = Json.text(data, "/status");
        return typical.then(
                switch (told == null
                        ? ""
                        : told.strip().toLowerCase(Locale.ROOT).replace('-', '_')) {
                    case "in_progress", "answered" -> CallState.IN_PROGRESS;
                    case "forwarding" -> CallState.FORWARDING;
                    case "ended", "completed" -> CallState.ENDED;
                    default -> typical;
                });
    }

    private @Nullable Boolean answered() {
        if (Json.time(data, "/answeredAt") != null) {
            return true;
        }
        return status == CallState.ENDED && seconds != null ? Boolean.valueOf(seconds > 0) : null;
    }

    private Parties parties() {
        String direction = Json.text(data, "/direction");
        return new Parties(
                switch (direction == null ? "" : direction.strip().toLowerCase(Locale.ROOT)) {
                    case "inbound" -> CallDirection.INBOUND;
                    case "outbound" -> CallDirection.OUTBOUND;
                    case "web" -> CallDirection.WEB;
                    default -> null;
                },
                CleanField.cut(Json.text(data, "/from"), CleanField.NAME),
                CleanField.cut(Json.text(data, "/to"), CleanField.NAME));
    }

    /** An analysis comes any time after the end, so its own time tells nothing of the end. */
    private CallTimes times() {
        Moment told = Moment.toldOrArrived(toldAt, raw.receivedAt());
        return new CallTimes(
                stated("/startedAt", told),
                stated("/answeredAt", raw.type().equals(ANSWERED) ? told : null),
                status != CallState.ENDED ? null : stated("/endedAt", raw.type().equals(ANALYZED) ? null : told));
    }

    private @Nullable Moment stated(String pointer, @Nullable Moment otherwise) {
        Moment stated = Moment.stated(Json.time(data, pointer));
        return stated == null ? otherwise : stated;
    }

    private Report report() {
        String currency = currency();
        BigDecimal cost = currency == null ? null : CleanField.cost(Json.number(data, "/cost"));
        boolean over = status == CallState.ENDED;
        return Report.NONE
                .with(ReportField.ENDED_REASON, over ? CleanField.reason(Json.text(data, "/endedReason")) : null)
                .with(ReportField.DURATION_SECONDS, over ? seconds : null)
                .with(ReportField.COST, cost)
                .with(ReportField.CURRENCY, cost == null ? null : currency)
                .with(ReportField.SUMMARY, CleanField.cut(Json.text(data, "/summary"), CleanField.SUMMARY))
                .withEvaluation(Json.text(data, "/successEvaluation"))
                .with(ReportField.RECORDING_URL, CleanField.url(Json.text(data, "/recordingUrl")))
                .with(ReportField.LEAD_SCORE, LeadScore.read(Json.text(data, "/leadScore")));
    }

    /** Dollars unless it is told; null for what is no currency, whose cost would mean nothing. */
    private @Nullable String currency() {
        String told = Json.text(data, "/currency");
        return told == null ? "USD" : CleanField.currency(told);
    }

    /** The first few that have a short name; anything but text, numbers and flags is left out. */
    private Map<String, String> metadata() {
        Map<String, @Nullable String> found = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : data.path("metadata").properties()) {
            String name = CleanField.orNull(each.getKey());
            if (name != null && name.length() <= LONGEST_NAME && found.size() < MOST_METADATA) {
                found.put(name, Json.text(each.getValue(), ""));
            }
        }
        return CleanField.entries(found);
    }
}
