package io.switchboard.voice.webhook;

import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.EndpointOptions;
import java.time.Instant;
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
        EndpointOptions options,
        long foundAt) {

    Credentials credentials(Instant now) {
        boolean isPreviousValid = previousSecret != null && now.isBefore(previousValidUntil);
        return new Credentials(secret, isPreviousValid ? previousSecret : null, options);
    }

    boolean isOlderThan(long nanos) {
        return System.nanoTime() - foundAt > nanos;
    }
}
