package io.switchboard.voice.provider.telnyx;

import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.signature.Form;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of the forms that Telnyx sends of calls that TeXML controls. Its kind follows from which fields it has. */
record TexmlRequest(Form form, Kind kind) {
    private static final Set<String> FINAL = Set.of("completed", "busy", "failed", "no-answer", "canceled");

    /** What a request is about. */
    enum Kind {
        STATUS("texml.status", false),
        /** Asks for the next TeXML document. */
        INSTRUCTIONS("texml.instructions", true),
        GATHER("texml.gather", true),
        DIAL_ACTION("texml.dial-action", true),
        MACHINE_DETECTION("texml.amd", false),
        RECORDING("texml.recording", false),
        /** Of a whole recording. */
        TRANSCRIPTION("texml.transcription", false),
        /** Of one utterance. */
        LIVE_TRANSCRIPTION("texml.realtime-transcription", false),
        OTHER("texml.other", false);

        private final String type;
        private final boolean asks;

        Kind(String type, boolean asks) {
            this.type = type;
            this.asks = asks;
        }

        static boolean asksForTexml(String type) {
            return Arrays.stream(values()).anyMatch(kind -> kind.asks && kind.type.equals(type));
        }
    }

    static TexmlRequest of(byte[] body) {
        Form form = Form.parse(body);
        return new TexmlRequest(form, kindOf(form));
    }

    @Nullable
    String get(String name) {
        return form.get(name);
    }

    boolean isOver() {
        String status = get("CallStatus");
        return status != null && FINAL.contains(status);
    }

    /** Telnyx gives callbacks no id. Of two equal utterances of a call only the first one is kept. */
    IdentifiedEvent identify(byte[] body) {
        String call = get("CallSid");
        String key =
                switch (kind) {
                    case STATUS -> IdentifiedEvent.key(call, get("SequenceNumber"), get("CallStatus"));
                    case INSTRUCTIONS -> IdentifiedEvent.key(call, "instructions", get("CallStatus"));
                    case MACHINE_DETECTION -> IdentifiedEvent.key(call, "amd", get("AnsweredBy"));
                    case DIAL_ACTION -> IdentifiedEvent.key(call, "dial", get("DialCallSid"), get("DialCallStatus"));
                    case RECORDING -> IdentifiedEvent.key(call, get("RecordingSid"), get("RecordingStatus"));
                    case TRANSCRIPTION ->
                        IdentifiedEvent.key(call, get("TranscriptionSid"), get("TranscriptionStatus"));
                    case LIVE_TRANSCRIPTION -> IdentifiedEvent.key(call, "transcript", form.fingerprint());
                    case GATHER -> IdentifiedEvent.key(call, "gather", form.fingerprint());
                    case OTHER -> IdentifiedEvent.key(call, "other", form.fingerprint());
                };
        return call == null
                ? IdentifiedEvent.malformed(body, "The form names no call.")
                : IdentifiedEvent.of(key, kind.type, call, body);
    }

    private static Kind kindOf(Form form) {
        if (form.has("TranscriptionSid") || form.has("TranscriptionText")) {
            return Kind.TRANSCRIPTION;
        }
        if (form.has("Transcript")) {
            return Kind.LIVE_TRANSCRIPTION;
        }
        if (form.has("RecordingStatus")) {
            return Kind.RECORDING;
        }
        if (form.has("CallStatus") && (form.has("CallbackSource") || form.has("SequenceNumber"))) {
            return form.has("AnsweredBy") && !form.has("SequenceNumber") ? Kind.MACHINE_DETECTION : Kind.STATUS;
        }
        return actionKindOf(form);
    }

    private static Kind actionKindOf(Form form) {
        if (form.has("DialCallStatus")) {
            return Kind.DIAL_ACTION;
        }
        if (form.has("Digits") || form.has("SpeechResult")) {
            return Kind.GATHER;
        }
        if (form.has("AnsweredBy")) {
            return Kind.MACHINE_DETECTION;
        }
        String status = form.get("CallStatus");
        return status == null ? Kind.OTHER : FINAL.contains(status) ? Kind.STATUS : Kind.INSTRUCTIONS;
    }
}
