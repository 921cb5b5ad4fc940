package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.kit.phone.PlaceholderNames;
import io.switchboard.kit.value.BoundedNumbers;
import io.switchboard.kit.value.Times;
import io.switchboard.voice.provider.CallEvent;
import io.switchboard.voice.provider.CallEvent.Kind;
import io.switchboard.voice.provider.CallEvent.LeadScore;
import io.switchboard.voice.provider.CallEvent.Status;
import io.switchboard.voice.provider.CallTimes;
import io.switchboard.voice.provider.CallTimes.Moment;
import io.switchboard.voice.provider.CleanField;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Parties;
import io.switchboard.voice.provider.Parties.Direction;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.Report;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one of Vapi's messages. Nearly all of them show the call as it stood, so nearly all tell something. */
final class VapiMessage {
    private static final BigDecimal DEAREST = new BigDecimal("1000000");
    private static final BigDecimal THOUSAND = new BigDecimal(1_000);
    private static final BigDecimal SIXTY = new BigDecimal(60);

    private final JsonNode message;
    private final RawEvent raw;
    private final Kind kind;
    private final @Nullable Status status;
    private final Instant at;
    private final @Nullable String endedReason;
    private final @Nullable String transcript;

    VapiMessage(JsonNode message, RawEvent raw) {
        this.message = message;
        this.raw = raw;
        kind = kind(raw.type());
        status = status();
        Instant told = Json.time(message, "/timestamp");
        at = told == null ? raw.receivedAt() : told;
        endedReason = status == Status.ENDED
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
                : new CallEvent(
                        "vapi",
                        callId,
                        kind,
                        status,
                        answered(),
                        parties(),
                        moments(),
                        report(),
                        metadata(),
                        at,
                        raw.revision());
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "end-of-call-report" -> Kind.REPORT;
            case "status-update" -> Kind.CHANGE;
            case "conversation-update" -> Kind.CONVERSATION;
            default -> Kind.SIGHTING;
        };
    }

    private @Nullable Status status() {
        if (kind == Kind.REPORT) {
            return Status.ENDED;
        }
        String told = kind == Kind.CHANGE ? Json.text(message, "/status") : Json.text(message, "/call/status");
        return switch (told == null ? "" : told) {
            case "scheduled", "queued" -> Status.QUEUED;
            case "ringing" -> Status.RINGING;
            case "in-progress" -> Status.IN_PROGRESS;
            case "forwarding" -> Status.FORWARDING;
            case "ended" -> Status.ENDED;
            default -> null;
        };
    }

    /**
     * Vapi states a start only when the talk begins. That none is stated, or none that can be read, proves nothing: only
     * the reason of the end tells that the call was not answered.
     */
    private @Nullable Boolean answered() {
        if (status != Status.ENDED) {
            return null;
        }
        if (VapiEnding.of(endedReason).unanswered()) {
            return false;
        }
        return statedStart() != null || wasTalkedTo() ? Boolean.TRUE : null;
    }

    private boolean wasTalkedTo() {
        Integer told = toldSeconds();
        return kind == Kind.REPORT && (told != null && told > 0 || VapiTalk.wasAnswered(transcript));
    }

    private Parties parties() {
        String customer = Json.text(
                message, "/call/customer/number", "/customer/number", "/call/customer/sipUri", "/customer/sipUri");
        String own = Json.text(message, "/phoneNumber/number", "/call/phoneNumber/number", "/phoneNumber/sipUri");
        Direction direction = direction();
        boolean outbound = direction == Direction.OUTBOUND;
        return new Parties(
                direction,
                CleanField.cut(outbound ? own : customer, CleanField.NAME),
                CleanField.cut(outbound ? customer : own, CleanField.NAME));
    }

    private @Nullable Direction direction() {
        String type = Json.text(message, "/call/type");
        return switch (type == null ? raw.type() : type) {
            case "inboundPhoneCall", "assistant-request" -> Direction.INBOUND;
            case "outboundPhoneCall" -> Direction.OUTBOUND;
            case "webCall", "vapi.websocketCall" -> Direction.WEB;
            default -> null;
        };
    }

    private CallTimes moments() {
        Moment stated = Moment.stated(statedStart());
        Instant created = Json.time(message, "/call/createdAt");
        Instant counted = countedStart();
        Instant event = created != null ? created : counted != null ? counted : at;
        return new CallTimes(stated != null ? stated : Moment.event(event), answeredAt(stated), ended());
    }

    /** From the end and the duration, where both are told. */
    private @Nullable Instant countedStart() {
        Instant end = statedEnd();
        Integer told = kind == Kind.REPORT ? toldSeconds() : null;
        return end == null || told == null || !Times.isPlain(end.minusSeconds(told)) ? null : end.minusSeconds(told);
    }

    private @Nullable Moment answeredAt(@Nullable Moment stated) {
        if (status == Status.IN_PROGRESS || status == Status.FORWARDING) {
            boolean change = kind == Kind.CHANGE && status == Status.IN_PROGRESS;
            return stated != null ? stated : change ? Moment.stated(at) : Moment.event(at);
        }
        return Boolean.TRUE.equals(answered()) ? stated : null;
    }

    /** In passing, an ended call may be shown long after its end. */
    private @Nullable Moment ended() {
        if (status != Status.ENDED) {
            return null;
        }
        Moment stated = Moment.stated(statedEnd());
        return stated != null || kind == Kind.SIGHTING ? stated : Moment.event(at);
    }

    private @Nullable Instant statedStart() {
        return Json.time(message, "/startedAt", "/call/startedAt");
    }

    private @Nullable Instant statedEnd() {
        return Json.time(message, "/endedAt", "/call/endedAt");
    }

    private Report report() {
        boolean last = kind == Kind.REPORT;
        boolean summed = last || kind == Kind.CHANGE; // in other messages these fields are a single utterance
        return new Report(
                endedReason,
                last ? seconds() : null,
                last ? cost() : null,
                transcript,
                summed ? CleanField.cut(Json.text(message, "/analysis/summary", "/summary"), CleanField.SUMMARY) : null,
                CleanField.cut(Json.text(message, "/analysis/successEvaluation"), CleanField.VERDICT),
                last ? CleanField.url(recordingUrl()) : null,
                customerName(),
                leadScore(),
                CleanField.cut(Json.text(message, "/call/phoneCallProviderId"), CleanField.NAME),
                null);
    }

    private @Nullable String transcript() {
        return switch (kind) {
            case REPORT, CHANGE -> VapiTalk.transcript(message);
            case CONVERSATION -> VapiTalk.turns(message);
            case SIGHTING -> null;
        };
    }

    private @Nullable String customerName() {
        String told = Json.text(message, "/call/customer/name", "/customer/name");
        return PlaceholderNames.nameOrNull(CleanField.cut(told, CleanField.NAME));
    }

    private @Nullable Integer seconds() {
        if (!Boolean.TRUE.equals(answered())) {
            return null;
        }
        Instant start = statedStart();
        Instant end = statedEnd();
        return start == null || end == null
                ? toldSeconds()
                : BoundedNumbers.count(
                        BigDecimal.valueOf(Duration.between(start, end).toSeconds()), Report.MOST_SECONDS);
    }

    private @Nullable Integer toldSeconds() {
        BigDecimal seconds = Json.number(message, "/durationSeconds", "/call/durationSeconds");
        if (seconds == null) {
            BigDecimal millis = Json.number(message, "/durationMs", "/call/durationMs");
            seconds = millis == null ? null : millis.divide(THOUSAND, RoundingMode.DOWN);
        }
        if (seconds == null) {
            BigDecimal minutes = Json.number(message, "/durationMinutes", "/call/durationMinutes");
            seconds = minutes == null ? null : minutes.multiply(SIXTY);
        }
        return BoundedNumbers.count(seconds, Report.MOST_SECONDS);
    }

    private @Nullable BigDecimal cost() {
        for (String pointer : new String[] {"/cost", "/costBreakdown/total", "/call/cost"}) {
            BigDecimal cost = Json.number(message, pointer);
            if (cost != null && cost.signum() >= 0 && cost.compareTo(DEAREST) < 0) {
                return cost.setScale(6, RoundingMode.HALF_UP);
            }
        }
        return null;
    }

    private @Nullable String recordingUrl() {
        return Json.text(
                message,
                "/artifact/recordingUrl",
                "/artifact/recording/mono/combinedUrl",
                "/artifact/stereoRecordingUrl",
                "/artifact/recording/stereoUrl",
                "/recordingUrl",
                "/stereoRecordingUrl");
    }

    private @Nullable LeadScore leadScore() {
        String told = Json.text(message, "/analysis/structuredData/leadScore", "/analysis/structuredData/lead_score");
        return switch (told == null ? "" : told.strip().toLowerCase(Locale.ROOT)) {
            case "hot" -> LeadScore.HOT;
            case "warm" -> LeadScore.WARM;
            case "cold" -> LeadScore.COLD;
            default -> null;
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
        if (status == Status.FORWARDING) {
            found.put("forwardedTo", Json.text(message, "/destination/number", "/destination/sipUri"));
        }
        return CleanField.entries(found);
    }
}
