package io.switchboard.voice.provider.vapi;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of Vapi's some 630 reasons for a call's end, an open set; told apart by how they begin. */
enum VapiEnding {
    /** The other side never came to the phone. */
    NOT_REACHED(
            "customer-busy",
            "customer-did-not-",
            "voicemail",
            "twilio-failed-to-connect",
            "twilio-reported-customer-misdialed",
            "vonage-rejected",
            "vonage-failed-to-connect"),
    /** Something in the tenant's set-up kept the call from beginning. */
    NOT_STARTED("assistant-request-", "assistant-not-", "call.start.error-"),
    /** Vapi or one of its suppliers failed during the call. */
    FAULT("call.in-progress.error-", "pipeline-"),
    NORMAL(
            "customer-ended-call",
            "assistant-ended-call",
            "assistant-said-",
            "assistant-forwarded-call",
            "silence-timed-out",
            "exceeded-max-duration",
            "manually-canceled"),
    OTHER;

    private final List<String> beginnings;

    VapiEnding(String... beginnings) {
        this.beginnings = List.of(beginnings);
    }

    static VapiEnding of(@Nullable String reason) {
        for (VapiEnding ending : values()) {
            if (reason != null && ending.beginnings.stream().anyMatch(reason::startsWith)) {
                return ending;
            }
        }
        return OTHER;
    }

    /** Whatever times Vapi states, nobody spoke with the assistant. */
    boolean unanswered() {
        return this == NOT_REACHED || this == NOT_STARTED;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
