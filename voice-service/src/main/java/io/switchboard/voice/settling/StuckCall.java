package io.switchboard.voice.settling;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that is open for longer than it may be.
 *
 * @param providerCallId the provider's id of it
 * @param otherIds further ids of the provider's that it goes by
 * @param ownerId of its voice agent; null where that is not known
 * @param erased whether everything about a person was removed: then its provider is not asked for it again
 */
record StuckCall(
        UUID id,
        String provider,
        String providerCallId,
        List<String> otherIds,
        @Nullable UUID ownerId,
        OffsetDateTime startedAt,
        boolean erased) {}
