package io.switchboard.voice.inbox;

import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that is leased to this worker.
 *
 * @param callKey the provider's id of the call; null when it is about no call
 * @param tries this one included
 * @param applied whether it was applied before, and only its effects are outstanding
 * @param effects effects that are not sent yet, as JSON
 */
public record Claim(
        UUID orgId,
        UUID id,
        String provider,
        @Nullable String callKey,
        int tries,
        boolean applied,
        @Nullable String effects,
        UUID lease) {
    /** The event's id is the request id: it leads from the audit trail and crm-service's log back to the delivery. */
    public CallerContext caller() {
        return CallerContext.Value.service(orgId, "voice-service", Origin.worker(id.toString()));
    }

    /** Whether later events of the call are worked on with it: only at its first try. */
    boolean mayHaveFollowers() {
        return callKey != null && tries == 1 && !applied;
    }
}
