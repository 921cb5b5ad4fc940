package io.switchboard.auth.session;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device that a user is signed in on.
 *
 * @param expiresAt unless it is refreshed before
 * @param current whether the request comes from it
 */
record UserSessionView(
        UUID id,
        @Nullable String ip,
        @Nullable String userAgent,
        OffsetDateTime createdAt,
        OffsetDateTime lastSeenAt,
        OffsetDateTime expiresAt,
        boolean current) {}
