package io.switchboard.voice.provider.retell;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Groups of Retell's disconnection reasons, an open set. */
enum RetellEnding {
    /** The other side did not answer. */
    NOT_REACHED(
            "dial_busy",
            "dial_failed",
            "dial_no_answer",
            "invalid_destination",
            "marked_as_spam",
            "user_declined",
            "error_user_not_joined",
            "registered_call_timeout"),
    /** The tenant's set-up, its limits or its carrier kept the call from starting. */
    NOT_STARTED(
            "concurrency_limit_reached",
            "no_concurrency_fallback",
            "no_valid_payment",
            "telephony_provider_permission_denied",
            "telephony_provider_unavailable",
            "sip_routing_error",
            "error_inbound_webhook"),
    /** A voicemail, or the menu of another machine. */
    MACHINE("voicemail_reached", "ivr_reached", "machine_detected"),
    NORMAL(
            "user_hangup",
            "agent_hangup",
            "call_transfer",
            "transfer_bridged",
            "transfer_cancelled",
            "call_take_over",
            "manual_stopped",
            "inactivity",
            "max_duration_reached"),
    /** Retell or one of its suppliers failed during the call. */
    FAULT,
    OTHER;

    private final Set<String> reasons;

    RetellEnding(String... reasons) {
        this.reasons = Set.of(reasons);
    }

    static RetellEnding of(@Nullable String reason) {
        if (reason != null) {
            for (RetellEnding ending : values()) {
                if (ending.reasons.contains(reason)) {
                    return ending;
                }
            }
            return reason.startsWith("error_") ? FAULT : OTHER;
        }
        return OTHER;
    }

    /** Whether the call was not answered, whatever times Retell states. */
    boolean isUnanswered() {
        return this == NOT_REACHED || this == NOT_STARTED;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
