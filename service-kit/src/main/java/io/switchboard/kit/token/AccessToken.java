package io.switchboard.kit.token;

import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

/**
 * What a verified access token says.
 *
 * @param isKey whether it was got with an access key: it acts in the key's role, but nobody stands behind it
 * @param session the sign-in that a user's token belongs to; older tokens do not say
 */
public record AccessToken(
        String subject,
        String role,
        @Nullable UUID orgId,
        @Nullable String service,
        @Nullable OnBehalfOf onBehalfOf,
        boolean isKey,
        @Nullable UUID session,
        Instant expires) {

    /** The person for whom a service calls. */
    public record OnBehalfOf(UUID subject, List<String> groups) {
        boolean isClient() {
            return groups.contains("client");
        }
    }

    /** Fails with MalformedClaimException, or one of its unchecked kin, where a claim is missing or of another shape. */
    static AccessToken of(JwtClaims claims) throws MalformedClaimException {
        var groups = claims.getStringListClaimValue("groups");
        if (groups == null || groups.size() != 1) {
            throw new MalformedClaimException("groups must hold one role");
        }
        var role = groups.get(0);
        var org = claims.getStringClaimValue("org_id");
        var session = claims.getStringClaimValue("sid");
        var service = "service".equals(role) ? claims.getStringClaimValue("azp") : null;
        var token = new AccessToken(
                claims.getSubject(),
                role,
                org == null ? null : UUID.fromString(org),
                service,
                onBehalfOf(claims),
                Boolean.TRUE.equals(claims.getClaimValue("key", Boolean.class)),
                session == null ? null : UUID.fromString(session),
                Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
        token.check();
        return token;
    }

    /** Only for tokens that name an organization; the access table sees to it. */
    public CallerContext tenant(Origin origin) {
        if ("service".equals(role)) {
            var user = onBehalfOf == null || onBehalfOf.isClient() ? null : onBehalfOf.subject();
            var client = onBehalfOf != null && onBehalfOf.isClient() ? onBehalfOf.subject() : null;
            return new CallerContext.Value(orgId, user, client, role, service, origin);
        }
        var id = UUID.fromString(subject);
        return "client".equals(role)
                ? CallerContext.Value.client(orgId, id, origin)
                : CallerContext.Value.user(orgId, id, role, origin);
    }

    private void check() throws MalformedClaimException {
        if ("service".equals(role) == (service == null)) {
            throw new MalformedClaimException("azp must name the service");
        }
        if (service == null) {
            UUID.fromString(subject);
            if (orgId == null) {
                throw new MalformedClaimException("org_id is required");
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable OnBehalfOf onBehalfOf(JwtClaims claims) throws MalformedClaimException {
        var person = claims.getClaimValue("on_behalf_of", Map.class);
        return person == null
                ? null
                : new OnBehalfOf(UUID.fromString((String) person.get("sub")), (List<String>) person.get("groups"));
    }
}
