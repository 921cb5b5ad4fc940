package io.switchboard.kit.token;

import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.PlanLimits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of a verified access token.
 *
 * @param isKey whether an access key obtained it: it acts in the key's role and for no user
 * @param session the sign-in of a user's token; null in tokens that do not name one
 * @param limits of the plan of a user; null in the tokens of all others
 */
public record AccessToken(
        String subject,
        String role,
        @Nullable UUID orgId,
        @Nullable String service,
        @Nullable OnBehalfOf onBehalfOf,
        boolean isKey,
        @Nullable UUID session,
        @Nullable PlanLimits limits,
        Instant expires) {
    private static final String SERVICE = "service";
    private static final String GROUPS = "groups";

    /** The user or client for whom a service calls. */
    public record OnBehalfOf(UUID subject, List<String> groups) {
        boolean isClient() {
            return groups.contains("client");
        }
    }

    /** Fails with an unchecked exception where a claim is missing or has another type. */
    static AccessToken of(JsonObject claims) {
        var role = role(claims);
        var org = text(claims, "org_id");
        var session = text(claims, "sid");
        var token = new AccessToken(
                required(claims, "sub"),
                role,
                org == null ? null : UUID.fromString(org),
                SERVICE.equals(role) ? required(claims, "azp") : null,
                onBehalfOf((JsonObject) claims.getValue("on_behalf_of")),
                Boolean.TRUE.equals((Boolean) claims.getValue("key")),
                session == null ? null : UUID.fromString(session),
                limits(claims),
                time(claims, "exp"));
        token.check();
        return token;
    }

    /** When a claim says, whole seconds. */
    static Instant time(JsonObject claims, String claim) {
        var seconds = claims.getValue(claim);
        if (seconds instanceof Integer || seconds instanceof Long) {
            return Instant.ofEpochSecond(((Number) seconds).longValue());
        }
        throw new IllegalArgumentException(claim + " must be a whole number");
    }

    /** A text, or the only entry of a list. */
    static String audience(JsonObject claims) {
        var audience = claims.getValue("aud");
        return audience instanceof JsonArray list ? only(list) : (String) audience;
    }

    static String required(JsonObject claims, String claim) {
        var text = text(claims, claim);
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException(claim + " is missing");
        }
        return text;
    }

    /** Only for tokens that name an organization, as the access table requires. */
    public CallerContext tenant(Origin origin) {
        if (SERVICE.equals(role)) {
            var user = onBehalfOf == null || onBehalfOf.isClient() ? null : onBehalfOf.subject();
            var client = onBehalfOf != null && onBehalfOf.isClient() ? onBehalfOf.subject() : null;
            return new CallerContext.Value(orgId, user, client, role, service, origin);
        }
        var id = UUID.fromString(subject);
        return "client".equals(role)
                ? CallerContext.Value.client(orgId, id, origin)
                : CallerContext.Value.user(orgId, id, role, origin).with(limits);
    }

    private void check() {
        if (service == null) {
            UUID.fromString(subject);
            if (orgId == null) {
                throw new IllegalArgumentException("org_id is missing");
            }
        }
    }

    /** A list of one; what else would give a role is refused, since the library reads it. */
    private static String role(JsonObject claims) {
        if (claims.containsKey("roleMappings")) {
            throw new IllegalArgumentException("roleMappings is not a claim of ours");
        }
        return only((JsonArray) claims.getValue(GROUPS));
    }

    private static String only(JsonArray list) {
        if (list.size() != 1) {
            throw new IllegalArgumentException("A list must have one entry");
        }
        return (String) list.getValue(0);
    }

    private static @Nullable String text(JsonObject claims, String claim) {
        return (String) claims.getValue(claim);
    }

    private static @Nullable PlanLimits limits(JsonObject claims) {
        return claims.containsKey("tier")
                ? new PlanLimits(
                        required(claims, "tier"),
                        ((Number) claims.getValue("max_agents")).intValue(),
                        ((Number) claims.getValue("monthly_token_quota")).longValue())
                : null;
    }

    private static @Nullable OnBehalfOf onBehalfOf(@Nullable JsonObject person) {
        if (person == null) {
            return null;
        }
        var groups = ((JsonArray) person.getValue(GROUPS))
                .stream().map(String.class::cast).toList();
        return new OnBehalfOf(UUID.fromString(required(person, "sub")), groups);
    }
}
