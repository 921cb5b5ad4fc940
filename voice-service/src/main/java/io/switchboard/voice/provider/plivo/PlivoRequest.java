package io.switchboard.voice.provider.plivo;

import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.Form;
import io.switchboard.voice.signature.Signature;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of Plivo's requests. Its kind follows from {@code Event} and from which fields it has, never from the URL, since a tenant
 * gives the same one everywhere.
 */
record PlivoRequest(Form form, Kind kind) {
    private static final Set<String> UNANSWERED =
            Set.of("busy", "failed", "timeout", "no-answer", "cancel", "canceled", "cancelled");

    /** What a request is about, and its type where it names no event. */
    enum Kind {
        HANGUP("Hangup"),
        RECORDING("Record"),
        TRANSCRIPTION("Transcription"),
        MACHINE_DETECTION("MachineDetection"),
        DIAL("Dial"),
        /** What the caller said or typed. */
        INPUT("GetInput"),
        /** The call's state, with or without a wish for instructions. */
        STATE("CallStatus");

        private final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    static PlivoRequest of(byte[] fields) {
        return of(Form.parse(fields));
    }

    static PlivoRequest of(Form form) {
        return new PlivoRequest(form, kindOf(form));
    }

    /** Who answers an incoming call, also one whose form is malformed; null for other requests. */
    static @Nullable AnswerRequest answerRequest(Delivery delivery) {
        PlivoRequest request = of(delivery.parameters());
        LiveCall call = new LiveCall(request.callId(), request.get("From"), request.get("To"), null);
        return request.isIncomingCall() ? new AnswerRequest.Assistant(call, delivery.endpointUrl()) : null;
    }

    /** Plivo names the event only in some versions of its request for instructions. */
    private boolean isIncomingCall() {
        String event = get("Event");
        return kind == Kind.STATE
                && "inbound".equals(get("Direction"))
                && (event == null ? "ringing".equals(get("CallStatus")) : event.equals("StartApp"));
    }

    /** By the first of these names that has a value: recordings that the API starts spell all names in another way. */
    @Nullable
    String get(String... names) {
        return first(form, names);
    }

    @Nullable
    String callId() {
        return get("CallUUID", "call_uuid");
    }

    @Nullable
    String recordingId() {
        return get("RecordingID", "recording_id");
    }

    /** A recording that has only begun has its link already, but nothing is there yet. */
    boolean isRecorded() {
        return !"-1".equals(get("RecordingEndMs", "recording_end_ms"))
                && !"-1".equals(get("RecordingDuration", "recording_duration"));
    }

    boolean isOver() {
        return kind == Kind.HANGUP || isCompleted() || isUnanswered();
    }

    boolean isCompleted() {
        return "completed".equals(get("CallStatus"));
    }

    boolean isUnanswered() {
        String status = get("CallStatus");
        return status != null && UNANSWERED.contains(status);
    }

    /** Plivo gives no id, and a nonce names a request, not an event. */
    IdentifiedEvent identify(byte[] fields) {
        String call = callId();
        String subject = call == null ? recordingId() : call;
        if (subject == null) {
            return IdentifiedEvent.malformed(fields, "The form names no call and no recording.");
        }
        String told = get("Event");
        String type = told == null ? kind.type : told;
        String state = IdentifiedEvent.key(call, type, get("CallStatus"));
        String key =
                switch (kind) {
                    case RECORDING -> recordingKey(state);
                    case TRANSCRIPTION ->
                        IdentifiedEvent.key(
                                subject.equals(recordingId()) ? null : call, recordingId(), "transcription");
                    case DIAL ->
                        IdentifiedEvent.key(
                                state, get("DialBLegUUID"), get("DialAction", "DialStatus", "DialBLegStatus"));
                    case INPUT -> IdentifiedEvent.key(state, fingerprint("InputType", "Digits", "Speech"));
                    case HANGUP, MACHINE_DETECTION, STATE -> state;
                };
        return IdentifiedEvent.of(key, type, call, fields);
    }

    private String recordingKey(String state) {
        String id = recordingId();
        return id == null
                ? IdentifiedEvent.key(state, fingerprint("RecordUrl", "record_url"))
                : isRecorded() ? id : IdentifiedEvent.key(id, "started");
    }

    /** A call may have several inputs in the same state; their values tell them apart. */
    String fingerprint(String... names) {
        String values = Stream.of(names).map(form::get).map(String::valueOf).collect(Collectors.joining("\n"));
        return Signature.hex(Signature.sha256(Signature.utf8(values)));
    }

    private static Kind kindOf(Form form) {
        String event = form.get("Event");
        if ("Hangup".equals(event) || event == null && form.get("HangupCause") != null) {
            return Kind.HANGUP;
        }
        if (form.has("transcription") || form.has("transcription_charge")) {
            return Kind.TRANSCRIPTION;
        }
        if (first(form, "RecordUrl", "record_url", "RecordingID", "recording_id") != null) {
            return Kind.RECORDING;
        }
        if ("MachineDetection".equals(event) || event == null && form.has("Machine")) {
            return Kind.MACHINE_DETECTION;
        }
        if (first(form, "DialAction", "DialStatus", "DialBLegUUID") != null) {
            return Kind.DIAL;
        }
        return first(form, "InputType", "Digits", "Speech") == null ? Kind.STATE : Kind.INPUT;
    }

    private static @Nullable String first(Form form, String... names) {
        return Stream.of(names)
                .map(form::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
