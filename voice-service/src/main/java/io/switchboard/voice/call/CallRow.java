package io.switchboard.voice.call;

import io.switchboard.voice.callevent.CallKey;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call's row, and how it is tied to other rows of the same call.
 *
 * @param headId the row that stands for the whole call; null unless this is a leg
 * @param linked whether the call has several rows
 * @param contactId crm-service's
 * @param keys further ids that it goes by
 */
record CallRow(
        Call call,
        @Nullable UUID headId,
        boolean linked,
        @Nullable UUID contactId,
        Set<CallKey> keys) {
    UUID id() {
        return call.id();
    }

    boolean isLeg() {
        return headId != null;
    }
}
