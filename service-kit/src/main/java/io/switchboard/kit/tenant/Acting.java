package io.switchboard.kit.tenant;

import io.switchboard.kit.request.Origin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant as a plain value: made from a verified token, or by a worker that acts without a request. */
public record Acting(
        UUID orgId,
        @Nullable UUID userId,
        @Nullable UUID clientId,
        String role,
        @Nullable String service,
        Origin origin)
        implements Tenant {

    /** The reserved organization of operators; events without a tenant are kept under it. */
    public static final UUID PLATFORM = UUID.fromString("00000000-0000-7000-8000-000000000000");

    public static Acting service(UUID orgId, String service, Origin origin) {
        return new Acting(orgId, null, null, "service", service, origin);
    }

    /** A service that acts in an organization for a person who may be of another one, and whom audit names as actor. */
    public static Acting onBehalf(UUID orgId, Tenant person, String service) {
        return onBehalf(orgId, person.userId(), service, person.origin());
    }

    /** A service that acts for a person who has no token yet, and whom audit names as actor. */
    public static Acting onBehalf(UUID orgId, UUID userId, String service, Origin origin) {
        return new Acting(orgId, userId, null, "service", service, origin);
    }

    public static Acting user(UUID orgId, UUID userId, String role, Origin origin) {
        return new Acting(orgId, userId, null, role, null, origin);
    }

    public static Acting client(UUID orgId, UUID clientId, Origin origin) {
        return new Acting(orgId, null, clientId, "client", null, origin);
    }
}
