package io.switchboard.voice.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.webhook.CallEvent.Kind;
import io.switchboard.voice.webhook.CallEvent.LeadScore;
import io.switchboard.voice.webhook.CallEvent.Status;
import io.switchboard.voice.webhook.Moments.Moment;
import io.switchboard.voice.webhook.Parties.Direction;
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

    private final JsonNode message;
    private final RawEvent raw;
    private final Kind kind;
    private final @Nullable Status status;
    private final Instant at;
    private final @Nullable String endedReason;

    VapiMessage(JsonNode message, RawEvent raw) {
        this.message = message;
        this.raw = raw;
        kind = kind(raw.type());
        status = status();
        Instant told = Json.time(message, "/timestamp");
        at = told == null ? raw.receivedAt() : told;
        endedReason = status == Status.ENDED ? Json.text(message, "/endedReason", "/call/endedReason") : null;
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
     * Vapi states a start only when the talk begins. That none is stated proves nothing until the report, since a
     * change of state may come without it.
     */
    private @Nullable Boolean answered() {
        if (status != Status.ENDED) {
            return null;
        }
        if (VapiEnding.of(endedReason).unanswered()) {
            return false;
        }
        return statedStart() != null ? Boolean.TRUE : kind == Kind.REPORT ? Boolean.FALSE : null;
    }

    private Parties parties() {
        String customer = Json.text(
                message, "/call/customer/number", "/customer/number", "/call/customer/sipUri", "/customer/sipUri");
        String own = Json.text(message, "/phoneNumber/number", "/call/phoneNumber/number", "/phoneNumber/sipUri");
        Direction direction = direction();
        boolean outbound = direction == Direction.OUTBOUND;
        return new Parties(
                direction,
                CleanField.cut(outbound ? own : customer, 250),
                CleanField.cut(outbound ? customer : own, 250));
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

    private Moments moments() {
        Moment stated = Moment.stated(statedStart());
        Moment created = Moment.event(Json.time(message, "/call/createdAt"));
        Moment started = stated != null ? stated : created != null ? created : Moment.event(at);
        return new Moments(started, answeredAt(stated), ended());
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
                summed ? Json.text(message, "/artifact/transcript", "/transcript") : talk(),
                summed ? Json.text(message, "/analysis/summary", "/summary") : null,
                Json.text(message, "/analysis/successEvaluation"),
                last ? recordingUrl() : null,
                CleanField.cut(Json.text(message, "/call/customer/name", "/customer/name"), 250),
                leadScore(),
                CleanField.cut(Json.text(message, "/call/phoneCallProviderId"), 250),
                null);
    }

    private @Nullable Integer seconds() {
        Instant start = statedStart();
        Instant end = statedEnd();
        if (start == null || end == null || !Boolean.TRUE.equals(answered())) {
            return null;
        }
        return (int) Math.max(0, Math.min(Duration.between(start, end).toSeconds(), Integer.MAX_VALUE));
    }

    private @Nullable BigDecimal cost() {
        for (String pointer : new String[] {"/cost", "/costBreakdown/total", "/call/cost"}) {
            JsonNode found = message.at(pointer);
            if (found.isNumber()
                    && found.decimalValue().signum() >= 0
                    && found.decimalValue().compareTo(DEAREST) < 0) {
                return found.decimalValue().setScale(6, RoundingMode.HALF_UP);
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

    /** What a conversation-update holds, in the form that the report gives it later. */
    private @Nullable String talk() {
        StringBuilder talk = new StringBuilder();
        for (JsonNode turn : kind == Kind.CONVERSATION ? message.path("messages") : message.path("none")) {
            String said = Json.text(turn, "/message", "/content");
            String speaker = speaker(turn.path("role").asText());
            if (said != null && speaker != null) {
                talk.append(speaker).append(said).append('\n');
            }
        }
        return CleanField.orNull(talk.toString());
    }

    private static @Nullable String speaker(String role) {
        return switch (role) {
            case "bot", "assistant" -> "AI: ";
            case "user" -> "User: ";
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
