package io.switchboard.kit.tenant;

import io.switchboard.kit.request.Origin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** For whom a piece of work is done: what the database is told before the first statement, and whom audit names as actor. */
public interface Tenant {
    UUID orgId();

    /** The acting user; null for clients, and for services that act for nobody in particular. */
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

    /** Where the call came from that this is done for. */
    Origin origin();

    default String requestId() {
        return origin().requestId();
    }

    /** Whose idempotency keys and cursors these are: the person, else the service. */
    default String principal() {
        if (userId() != null) {
            return "user:" + userId();
        }
        return clientId() != null ? "client:" + clientId() : "service:" + service();
    }
}
