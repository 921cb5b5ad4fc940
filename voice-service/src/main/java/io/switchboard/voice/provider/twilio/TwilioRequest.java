package io.switchboard.voice.provider.twilio;

import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of Twilio's forms. Its kind follows from which fields it has. */
record TwilioRequest(Form form, Kind kind) {
    private static final Set<String> FINAL = Set.of("completed", "busy", "failed", "no-answer", "canceled");

    /** What a request is about. */
    enum Kind {
        INCOMING_CALL("incoming-call", true),
        STATUS("status", false),
        MACHINE_DETECTION("amd", false),
        DIAL_ACTION("dial-action", true),
        RECORDING("recording", false),
        RECORD_ACTION("record-action", true),
        GATHER("gather", true),
        GATHER_PARTIAL("gather-partial", false),
        TRANSCRIPTION("transcription", false),
        LIVE_TRANSCRIPTION("realtime-transcription", false),
        /** The call reached a further TwiML document. */
        DOCUMENT("document", true),
        OTHER("other", false);

        private final String type;
        private final boolean twiml;

        Kind(String type, boolean twiml) {
            this.type = type;
            this.twiml = twiml;
        }

        String type() {
            return type;
        }

        static boolean asksForTwiml(String type) {
            return Arrays.stream(values()).anyMatch(kind -> kind.twiml && kind.type.equals(type));
        }
    }

    /** Who answers an incoming call, also one whose form is malformed; null for other requests. */
    static @Nullable AnswerRequest answerRequest(Delivery delivery, List<IdentifiedEvent> events) {
        if (events.isEmpty() || !(events.get(0).isMalformed() || isIncomingCall(events.get(0)))) {
            return null;
        }
        if (Json.isDocument(delivery.parameters()) || delivery.hasTooManyParameters()) {
            return null;
        }
        TwilioRequest request = of(delivery.parameters());
        if (callKindOf(request.form) != Kind.INCOMING_CALL) {
            return null;
        }
        LiveCall call = new LiveCall(request.get("CallSid"), request.get("From"), request.get("To"), null);
        return new AnswerRequest.Assistant(call, delivery.endpointUrl());
    }

    private static boolean isIncomingCall(IdentifiedEvent event) {
        return event.type().equals(Kind.INCOMING_CALL.type);
    }

    static TwilioRequest of(byte[] body) {
        return of(Form.parse(body));
    }

    static TwilioRequest of(Form form) {
        return new TwilioRequest(form, kindOf(form));
    }

    @Nullable
    String get(String name) {
        return form.get(name);
    }

    boolean isOver() {
        String status = get("CallStatus");
        return status != null && FINAL.contains(status);
    }

    /** Null for kinds in which the field is ambiguous. */
    @Nullable
    CallDirection direction() {
        String told = get("Direction");
        if (told == null) {
            return null;
        }
        return told.equals("inbound")
                ? CallDirection.INBOUND
                : told.startsWith("outbound") ? CallDirection.OUTBOUND : null;
    }

    /**
     * The token is the same on every try of one request, but may not come. So it only names what has no name of its
     * own, and is never a second name of what has one.
     */
    IdentifiedEvent identify(byte[] body, @Nullable String token) {
        String call = get("CallSid");
        String named = named(call);
        String key = named == null
                ? IdentifiedEvent.key(call, kind.type(), token == null ? form.fingerprint() : token)
                : named;
        return subject() == null
                ? IdentifiedEvent.malformed(body, "The form names no call, no recording and no transcription.")
                : IdentifiedEvent.of(key, kind.type(), call, body);
    }

    /** Null where the fields that tell it from others of its kind are missing. */
    private @Nullable String named(@Nullable String call) {
        return switch (kind) {
            case STATUS -> IdentifiedEvent.key(call, get("SequenceNumber"), get("CallStatus"));
            case INCOMING_CALL, MACHINE_DETECTION -> IdentifiedEvent.key(call, kind.type());
            case DIAL_ACTION -> of("DialCallSid", id -> IdentifiedEvent.key(call, "dial", id, get("DialCallStatus")));
            case RECORDING -> of("RecordingSid", id -> IdentifiedEvent.key(id, get("RecordingStatus")));
            case TRANSCRIPTION -> of("TranscriptionSid", id -> IdentifiedEvent.key(id, get("TranscriptionStatus")));
            case LIVE_TRANSCRIPTION ->
                get("SequenceId") == null
                        ? null
                        : of(
                                "TranscriptionSid",
                                id -> IdentifiedEvent.key(id, get("SequenceId"), get("TranscriptionEvent")));
            case RECORD_ACTION -> of("RecordingUrl", url -> IdentifiedEvent.key(call, "record", url));
            case GATHER, GATHER_PARTIAL, DOCUMENT, OTHER -> null;
        };
    }

    private @Nullable String of(String name, UnaryOperator<String> key) {
        String value = get(name);
        return value == null ? null : key.apply(value);
    }

    private @Nullable String subject() {
        return Stream.of("CallSid", "RecordingSid", "TranscriptionSid")
                .map(this::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Kind kindOf(Form form) {
        if (form.has("TranscriptionEvent")) {
            return Kind.LIVE_TRANSCRIPTION;
        }
        if (form.has("TranscriptionStatus")) {
            return Kind.TRANSCRIPTION;
        }
        if (form.has("RecordingStatus")) {
            return Kind.RECORDING;
        }
        return form.get("CallSid") == null ? Kind.OTHER : callKindOf(form);
    }

    private static Kind callKindOf(Form form) {
        if (form.has("DialCallStatus")) {
            return Kind.DIAL_ACTION;
        }
        if (form.has("UnstableSpeechResult") || form.has("StableSpeechResult")) {
            return Kind.GATHER_PARTIAL;
        }
        if (form.has("CallbackSource") && form.has("CallStatus")) {
            return Kind.STATUS;
        }
        if (form.has("RecordingUrl") && !form.has("SequenceNumber")) {
            return Kind.RECORD_ACTION;
        }
        if (form.has("SpeechResult") || form.has("Digits")) {
            return Kind.GATHER;
        }
        return form.has("CallStatus")
                ? stateKindOf(form)
                : form.has("AnsweredBy") ? Kind.MACHINE_DETECTION : Kind.OTHER;
    }

    /** Older status callbacks do not name their source. */
    private static Kind stateKindOf(Form form) {
        String status = String.valueOf(form.get("CallStatus"));
        if (form.has("SequenceNumber") || FINAL.contains(status)) {
            return Kind.STATUS;
        }
        return status.equals("ringing") && "inbound".equals(form.get("Direction")) ? Kind.INCOMING_CALL : Kind.DOCUMENT;
    }
}
