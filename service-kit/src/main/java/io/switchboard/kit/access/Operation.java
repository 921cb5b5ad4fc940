package io.switchboard.kit.access;

import io.switchboard.kit.token.AccessToken;
import java.util.Set;

/**
 * One line of the access table: an operation and who may call it.
 *
 * @param path with its parameters in braces
 * @param roles of people; empty where only services come in
 * @param services that may call it for a tenant
 * @param suiteServices that may call it for no tenant in particular
 * @param peopleOnly whether access keys of those roles may not call it
 * @param isStream whether its answer goes on until one side ends it
 * @param body which bodies it takes
 */
public record Operation(
        String service,
        String method,
        String path,
        boolean isPublic,
        Set<String> roles,
        Set<String> services,
        Set<String> suiteServices,
        boolean peopleOnly,
        boolean isStream,
        BodyRule body) {

    public boolean allows(AccessToken caller) {
        if (caller.service() == null) {
            return roles.contains(caller.role());
        }
        return suiteServices.contains(caller.service())
                || (services.contains(caller.service()) && caller.orgId() != null);
    }

    /** The first media type that it takes of a body. */
    public String mediaType() {
        var first = body.types().get(0);
        return body.takesJson() || first.equals("*") ? "application/json" : first;
    }
}
