package io.switchboard.voice.call;

import io.switchboard.voice.callevent.LeadScore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What crm-service does because of a call. */
public sealed interface Effect {
    /** The Idempotency-Key: the same whenever the same effect is computed again. */
    String key();

    /**
     * The other party's contact is created or updated. A field that has not changed is null.
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
     * Staff is notified of a call that was not answered.
     *
     * @param from verbatim; null when withheld
     */
    record CallMissed(
            String key,
            UUID callId,
            @Nullable String from,
            @Nullable Instant at) implements Effect {}
}
