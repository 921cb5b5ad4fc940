package io.switchboard.kit.tenant;

import io.switchboard.kit.request.Origin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tenant and actor of a piece of work: set in the database before the first statement, and recorded by audit. */
public interface CallerContext {
    /** The reserved organization of operators; events without a tenant are kept under it. */
    UUID PLATFORM = UUID.fromString("00000000-0000-7000-8000-000000000000");

    UUID orgId();

    /** The acting user; null for clients, and for services that act for no user. */
    @Nullable
    UUID userId();

    /** The acting PIN client. */
    @Nullable
    UUID clientId();

    /** A role of the access table: admin, agent, user, enterprise, customer, client, service, platform_admin or totp_pending. */
    String role();

    /** The calling service, or this one where its workers act; null where a person calls. */
    @Nullable
    String service();

    /** The origin of the request that this is done for. */
    Origin origin();

    /** The limits of the acting user's plan, without asking auth-service; null for all other callers. */
    @Nullable
    PlanLimits limits();

    default String requestId() {
        return origin().requestId();
    }

    /** The owner of idempotency keys and cursors: the person, else the service. */
    default String principal() {
        if (userId() != null) {
            return "user:" + userId();
        }
        return clientId() != null ? "client:" + clientId() : "service:" + service();
    }

    /** A caller as a plain value: made from a verified token, or by a worker that acts without a request. */
    record Value(
            UUID orgId,
            @Nullable UUID userId,
            @Nullable UUID clientId,
            String role,
            @Nullable String service,
            Origin origin,
            @Nullable PlanLimits limits)
            implements CallerContext {

        public Value(
                UUID orgId,
                @Nullable UUID userId,
                @Nullable UUID clientId,
                String role,
                @Nullable String service,
                Origin origin) {
            this(orgId, userId, clientId, role, service, origin, null);
        }

        public Value with(@Nullable PlanLimits limits) {
            return new Value(orgId, userId, clientId, role, service, origin, limits);
        }

        public static Value service(UUID orgId, String service, Origin origin) {
            return new Value(orgId, null, null, "service", service, origin);
        }

        /** A service that acts in an organization for a person, perhaps of another one; audit records the person as actor. */
        public static Value onBehalf(UUID orgId, CallerContext person, String service) {
            return onBehalf(orgId, person.userId(), service, person.origin());
        }

        /** A service that acts for a person without a token yet; audit records the person as actor. */
        public static Value onBehalf(UUID orgId, UUID userId, String service, Origin origin) {
            return new Value(orgId, userId, null, "service", service, origin);
        }

        public static Value user(UUID orgId, UUID userId, String role, Origin origin) {
            return new Value(orgId, userId, null, role, null, origin);
        }

        public static Value client(UUID orgId, UUID clientId, Origin origin) {
            return new Value(orgId, null, clientId, "client", null, origin);
        }
    }
}
