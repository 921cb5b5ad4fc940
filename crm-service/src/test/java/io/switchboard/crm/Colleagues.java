package io.switchboard.crm;

import io.switchboard.kit.test.Caller;
import java.util.Map;
import java.util.UUID;

/** People whom auth-service has told this service of. */
public final class Colleagues {
    private Colleagues() {}

    public static Caller joined(String role, UUID orgId) {
        return push(Caller.of(role, orgId), role, true);
    }

    public static Caller left(String role, UUID orgId) {
        return push(Caller.of(role, orgId), role, false);
    }

    private static Caller push(Caller person, String role, boolean active) {
        var form = Map.of(
                "name", "Jo", "email", person.id() + "@example.com", "role", role, "isActive", active, "version", 1);
        Caller.service("auth-service", person.orgId())
                .put("/internal/members/" + person.id(), form)
                .then()
                .statusCode(204);
        return person;
    }
}
