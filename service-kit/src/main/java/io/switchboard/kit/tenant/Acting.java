package io.switchboard.kit.tenant;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant as a plain value: made from a verified token, or by a worker that acts without a request. */
public record Acting(
        UUID orgId,
        @Nullable UUID userId,
        @Nullable UUID clientId,
        String role,
        @Nullable String service,
        String requestId)
        implements Tenant {

    /** The reserved organization of operators; events without a tenant are kept under it. */
    public static final UUID PLATFORM = UUID.fromString("00000000-0000-7000-8000-000000000000");

    public static Acting service(UUID orgId, String service, String requestId) {
        return new Acting(orgId, null, null, "service", service, requestId);
    }

    /** A service that acts in an organization for a person who may be of another one, and whom audit names as actor. */
    public static Acting onBehalf(UUID orgId, Tenant person, String service) {
        return new Acting(orgId, person.userId(), null, "service", service, person.requestId());
    }

    public static Acting user(UUID orgId, UUID userId, String role, String requestId) {
        return new Acting(orgId, userId, null, role, null, requestId);
    }

    public static Acting client(UUID orgId, UUID clientId, String requestId) {
        return new Acting(orgId, null, clientId, "client", null, requestId);
    }
}
