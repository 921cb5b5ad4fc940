package io.switchboard.voice.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one try.
 *
 * @param status of the answer; null without one
 * @param excerpt of the answer's body
 * @param failure why it was no success, for the tenant; null after a 2xx
 * @param retryAfter how long the receiver wants to be left alone
 */
record DeliveryResult(
        @Nullable Integer status,
        @Nullable String excerpt,
        @Nullable String failure,
        @Nullable Duration retryAfter,
        Duration took) {
    private static final int GONE = 410;

    static DeliveryResult unanswered(String failure, Duration took) {
        return new DeliveryResult(null, null, failure, null, took);
    }

    /** Whether the receiver wants nothing more, ever. */
    boolean isGone() {
        return status != null && status == GONE;
    }
}
