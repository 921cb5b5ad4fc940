package io.switchboard.voice.provider.elevenlabs;

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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates the report of a conversation. */
final class ElevenLabsConversation {
    private final JsonNode root;
    private final JsonNode data;
    private final JsonNode metadata;
    private final JsonNode phoneCall;
    private final RawEvent raw;
    private final @Nullable String transcript;
    private final @Nullable Instant start;
    private final @Nullable Instant accepted;
    private final @Nullable Integer seconds;
    private final @Nullable Boolean answered;
    private final @Nullable Instant told;

    ElevenLabsConversation(JsonNode root, RawEvent raw) {
        this.root = root;
        this.raw = raw;
        data = root.path("data");
        metadata = data.path("metadata");
        phoneCall = metadata.path("phone_call");
        transcript = ElevenLabsTalk.transcript(data.path("transcript"));
        start = Json.time(metadata, "/start_time_unix_secs");
        accepted = Json.time(metadata, "/accepted_time_unix_secs");
        seconds = BoundedNumbers.count(Json.number(metadata, "/call_duration_secs"), Report.MOST_SECONDS);
        boolean talked = seconds != null && seconds > 0 || Talk.hasUser(transcript);
        answered = talked || accepted != null ? Boolean.TRUE : null;
        told = Json.time(root, "/event_timestamp");
    }

    /** Null for conversations in writing, and without a conversation. */
    @Nullable
    CallEvent callEvent() {
        String callId = ElevenLabsSighting.conversation(root);
        return callId == null || ElevenLabsSighting.isWritten(root)
                ? null
                : CallEvent.of("elevenlabs", callId, Kind.REPORT, told == null ? raw.receivedAt() : told)
                        .revision(raw.revision())
                        .status(CallState.ENDED)
                        .answered(answered)
                        .parties(parties())
                        .times(times())
                        .report(new ElevenLabsReport(data).told(answered, answered == null ? null : seconds))
                        .transcript(transcript)
                        .keys(keys(Json.text(phoneCall, "/type"), ElevenLabsReport.carrierCallId(data)))
                        .metadata(metadata())
                        .build();
    }

    /** @param type of the call: {@code twilio}, or how else it came to ElevenLabs */
    static List<CallKey> keys(@Nullable String type, @Nullable String carrierCallId) {
        String carrier = CleanField.cut(type, CleanField.NAME);
        return carrier == null || carrierCallId == null ? List.of() : List.of(new CallKey(carrier, carrierCallId));
    }

    /** Conversations in a browser have no phone call. */
    private Parties parties() {
        String agent = CleanField.cut(Json.text(phoneCall, "/agent_number"), CleanField.NAME);
        String other = CleanField.cut(Json.text(phoneCall, "/external_number"), CleanField.NAME);
        CallDirection direction = direction();
        boolean outbound = direction == CallDirection.OUTBOUND;
        return new Parties(direction, outbound ? agent : other, outbound ? other : agent);
    }

    private @Nullable CallDirection direction() {
        String direction = phoneCall.isObject() ? Json.text(phoneCall, "/direction") : "web";
        return switch (direction == null ? "" : direction) {
            case "inbound" -> CallDirection.INBOUND;
            case "outbound" -> CallDirection.OUTBOUND;
            case "web" -> CallDirection.WEB;
            default -> null;
        };
    }

    /** The end is not stated. The event comes later than it, after the analysis. */
    private CallTimes times() {
        Moment moment = Moment.toldOrArrived(told, raw.receivedAt());
        Moment began = accepted != null ? Moment.stated(accepted) : Moment.event(start);
        Instant end = start == null || seconds == null ? null : Times.shifted(start, Duration.ofSeconds(seconds));
        return new CallTimes(
                start != null ? Moment.stated(start) : moment,
                Boolean.TRUE.equals(answered) ? began : null,
                end != null ? Moment.event(end) : moment);
    }

    private Map<String, String> metadata() {
        Map<String, @Nullable String> found = new HashMap<>();
        found.put("assistantId", Json.text(data, "/agent_id"));
        found.put("assistantVersion", Json.text(data, "/version_id"));
        found.put("phoneNumberId", Json.text(phoneCall, "/phone_number_id"));
        found.put("callType", phoneCall.isObject() ? Json.text(phoneCall, "/type") : "web");
        found.put("source", Json.text(metadata, "/conversation_initiation_source"));
        found.put("language", Json.text(metadata, "/main_language"));
        found.put("credits", credits());
        return CleanField.entries(found);
    }

    /** What ElevenLabs calls the cost, which is not of any currency. */
    private @Nullable String credits() {
        var credits = CleanField.cost(Json.number(metadata, "/cost"));
        return credits == null ? null : credits.stripTrailingZeros().toPlainString();
    }
}
