package io.switchboard.auth.serviceaccount;

import io.switchboard.auth.accesskey.KeyCredentials;
import io.switchboard.auth.token.TokenIssuer.OnBehalfOf;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for a token by client credentials (RFC 6749, 4.4; RFC 8707).
 *
 * @param key the credentials once more, where they are an access key's; null where not
 * @param resource the one peer that is to take a service's token
 * @param orgId for which tenant a service asks; null for none in particular
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
    static TokenRequest of(MultivaluedMap<String, String> form, @Nullable String authorization) {
        var bearer = starts(authorization, BEARER);
        // A bearer says all there is to say: nothing else can be granted for it.
        var grantType = single(form, "grant_type");
        if (grantType == null && !bearer) {
            throw TokenRefusal.malformed();
        }
        if (grantType != null && !grantType.equals(GRANT)) {
            throw new TokenRefusal(400, "unsupported_grant_type");
        }
        var credentials = bearer ? bearer(form, authorization) : credentials(form, authorization);
        var request = new TokenRequest(
                credentials[0],
                credentials[1],
                KeyCredentials.of(credentials[0], credentials[1]),
                single(form, "resource"),
                orgId(single(form, "org_id")),
                person(single(form, "on_behalf_of")));
        request.check();
        return request;
    }

    /** An access key says by itself for whom it is; a service has to name the peer, and the tenant of the person. */
    private void check() {
        if (key != null) {
            if (resource != null || orgId != null || person != null) {
                throw TokenRefusal.malformed();
            }
            return;
        }
        if (!ServiceAccounts.SERVICES.contains(clientId)) {
            return; // nobody's credentials, as is found out next
        }
        if (resource == null || !ServiceAccounts.SERVICES.contains(resource)) {
            throw new TokenRefusal(400, "invalid_target");
        }
        if (person != null && orgId == null) {
            throw TokenRefusal.malformed();
        }
    }

    private static String[] bearer(MultivaluedMap<String, String> form, String authorization) {
        if (single(form, "client_id") != null || single(form, "client_secret") != null) {
            throw TokenRefusal.malformed();
        }
        return KeyCredentials.halves(authorization.substring(BEARER.length()).trim());
    }

    /** In the header or in the form, but not in both. */
    private static String[] credentials(MultivaluedMap<String, String> form, @Nullable String authorization) {
        var id = single(form, "client_id");
        var secret = single(form, "client_secret");
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
                var parts = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
                if (parts.length == 2) {
                    return new String[] {decoded(parts[0]), decoded(parts[1])};
                }
            }
        } catch (IllegalArgumentException e) {
            // not base64 or not form-encoded: no credentials
        }
        throw new TokenRefusal(401, "invalid_client");
    }

    /** Both halves are form-encoded (RFC 6749, 2.3.1). */
    private static String decoded(String half) {
        return URLDecoder.decode(half, StandardCharsets.UTF_8);
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
            var json = new JsonObject(text);
            var groups = json.getJsonArray("groups");
            var role = groups != null && groups.size() == 1 ? groups.getString(0) : "";
            if (!ROLES.contains(role)) {
                throw TokenRefusal.malformed();
            }
            return new OnBehalfOf(UUID.fromString(json.getString("sub", "")).toString(), List.of(role));
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            throw TokenRefusal.malformed();
        }
    }

    private static boolean starts(@Nullable String authorization, String scheme) {
        return authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** A parameter that comes twice makes the request malformed; an empty one counts as absent (RFC 6749, 3.2). */
    private static @Nullable String single(MultivaluedMap<String, String> form, String name) {
        var values = form.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw TokenRefusal.malformed();
        }
        return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
    }

    @Override
    public String toString() {
        return "TokenRequest[" + clientId + "]";
    }
}
