package io.switchboard.voice.call;

import io.switchboard.voice.provider.LeadScore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that crm-service is to do because of a call. */
public sealed interface Effect {
    /** The same whenever the same effect is worked out again: its Idempotency-Key. */
    String key();

    /**
     * The other party is a contact, and was heard of again. What has not changed since the last time is null.
     *
     * @param phone E.164
     */
    record ContactFromCall(
            String key,
            String phone,
            @Nullable String name,
            @Nullable Instant lastContactAt,
            @Nullable LeadScore leadScore)
            implements Effect {}

    /**
     * Somebody rang and nobody took it.
     *
     * @param from verbatim; null when withheld
     */
    record CallMissed(
            String key,
            UUID callId,
            @Nullable String from,
            @Nullable Instant at) implements Effect {}
}
