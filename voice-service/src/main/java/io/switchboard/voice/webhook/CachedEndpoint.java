package io.switchboard.voice.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as the route needs it.
 *
 * @param previousSecret verifies too until {@code previousValidUntil}
 * @param foundAt by {@link System#nanoTime}
 */
record CachedEndpoint(
        UUID id,
        UUID orgId,
        String provider,
        byte[] secret,
        byte @Nullable [] previousSecret,
        @Nullable Instant previousValidUntil,
        long foundAt) {

    List<byte[]> secrets(Instant now) {
        return previousSecret != null && now.isBefore(previousValidUntil)
                ? List.of(secret, previousSecret)
                : List.of(secret);
    }

    boolean isOlderThan(long nanos) {
        return System.nanoTime() - foundAt > nanos;
    }
}
