package io.switchboard.auth.clientsession;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session of a PIN client, as admins see it.
 *
 * @param expiresAt if it is not used until then
 */
public record ClientSessionView(
        UUID id,
        @Nullable String ip,
        @Nullable String userAgent,
        OffsetDateTime createdAt,
        OffsetDateTime lastSeenAt,
        OffsetDateTime expiresAt) {}
