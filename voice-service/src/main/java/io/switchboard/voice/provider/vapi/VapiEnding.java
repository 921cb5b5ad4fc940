package io.switchboard.voice.provider.vapi;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Groups of Vapi's ended reasons, an open set of some 630; grouped by how they begin. */
enum VapiEnding {
    /** The other side did not answer. */
    NOT_REACHED(
            "customer-busy",
            "customer-did-not-",
            "twilio-failed-to-connect",
            "twilio-reported-customer-misdialed",
            "vonage-rejected",
            "vonage-failed-to-connect"),
    /** A voicemail took the call. */
    MACHINE("voicemail"),
    /** The tenant's set-up kept the call from starting. */
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

    /** Whether the call was not answered, whatever times Vapi states. */
    boolean unanswered() {
        return this == NOT_REACHED || this == NOT_STARTED;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
