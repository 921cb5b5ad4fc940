package io.switchboard.auth.serviceaccount;

import io.switchboard.auth.accesskey.KeyCredentials;
import io.switchboard.auth.token.TokenIssuer.OnBehalfOf;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for a token by client credentials (RFC 6749, 4.4; RFC 8707).
 *
 * @param key the credentials once more, where they are an access key's; null where not
 * @param resource the one peer that is to take a service's token, as the request names it
 * @param orgId the organization that a service acts for; null if it is not bound to one
 */
record TokenRequest(
        String clientId,
        String clientSecret,
        @Nullable KeyCredentials key,
        @Nullable String resource,
        @Nullable UUID orgId,
        @Nullable OnBehalfOf person) {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";
    private static final String GRANT = "client_credentials";
    private static final Set<String> ROLES =
            Set.of("admin", "agent", "user", "enterprise", "customer", "client", "platform_admin");

    /** Fails with {@link TokenRefusal}. */
    static TokenRequest of(byte @Nullable [] body, @Nullable String authorization) {
        var form = TokenParameters.read(body);
        var bearer = starts(authorization, BEARER);
        // A bearer says all there is to say: nothing else can be granted for it.
        var grantType = form.get("grant_type");
        if (grantType == null && !bearer) {
            throw TokenRefusal.malformed();
        }
        if (grantType != null && !grantType.equals(GRANT)) {
            throw new TokenRefusal(400, "unsupported_grant_type");
        }
        if (form.get("scope") != null) {
            throw new TokenRefusal(400, "invalid_scope"); // scopes do not exist here: a token has only a role
        }
        var credentials = bearer ? bearer(form, authorization) : credentials(form, authorization);
        var request = new TokenRequest(
                credentials[0],
                credentials[1],
                KeyCredentials.of(credentials[0], credentials[1]),
                form.get("resource"),
                orgId(form.get("org_id")),
                person(form.get("on_behalf_of")));
        request.check();
        return request;
    }

    /** An access key says by itself for whom it is; a service has to name the tenant of the person. */
    private void check() {
        var askedFor = resource != null || orgId != null || person != null;
        if (key != null ? askedFor : person != null && orgId == null) {
            throw TokenRefusal.malformed();
        }
    }

    /** The peer that the service names. Fails with {@code invalid_target}; call it after the credentials are checked. */
    String target() {
        if (resource == null || !ServiceAccounts.SERVICES.contains(resource)) {
            throw new TokenRefusal(400, "invalid_target");
        }
        return resource;
    }

    private static String[] bearer(TokenParameters form, String authorization) {
        if (form.get("client_id") != null || form.get("client_secret") != null) {
            throw TokenRefusal.malformed();
        }
        return KeyCredentials.halves(authorization.substring(BEARER.length()).trim());
    }

    /** In the header or in the form, but not in both. */
    private static String[] credentials(TokenParameters form, @Nullable String authorization) {
        var id = form.get("client_id");
        var secret = form.get("client_secret");
        if (authorization == null) {
            if (id == null || secret == null) {
                throw new TokenRefusal(401, "invalid_client");
            }
            return new String[] {id, secret};
        }
        var basic = basic(authorization);
        if (secret != null || (id != null && !id.equals(basic[0]))) {
            throw TokenRefusal.malformed();
        }
        return basic;
    }

    private static String[] basic(String authorization) {
        try {
            if (starts(authorization, BASIC)) {
                var bytes = Base64.getDecoder()
                        .decode(authorization.substring(BASIC.length()).trim());
                var parts = TokenParameters.text(bytes).split(":", 2);
                if (parts.length == 2) {
                    // Both halves are form-encoded (RFC 6749, 2.3.1).
                    return new String[] {TokenParameters.decode(parts[0]), TokenParameters.decode(parts[1])};
                }
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // not base64, not form-encoded or no text: no credentials
        }
        throw new TokenRefusal(401, "invalid_client");
    }

    private static @Nullable UUID orgId(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw TokenRefusal.malformed();
        }
    }

    private static @Nullable OnBehalfOf person(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (Json.decodeValue(text) instanceof JsonObject json
                    && json.getValue("sub") instanceof String subject
                    && json.getValue("groups") instanceof JsonArray groups
                    && groups.size() == 1
                    && groups.getValue(0) instanceof String role
                    && ROLES.contains(role)) {
                return new OnBehalfOf(UUID.fromString(subject).toString(), List.of(role));
            }
        } catch (DecodeException | IllegalArgumentException e) {
            // a malformed person is refused like any other
        }
        throw TokenRefusal.malformed();
    }

    private static boolean starts(@Nullable String authorization, String scheme) {
        return authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    @Override
    public String toString() {
        return "TokenRequest[" + clientId + "]";
    }
}
