package io.switchboard.auth.serviceaccount;

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
 * A request for a service token (RFC 6749, 4.4; RFC 8707).
 *
 * @param resource the one peer that is to take the token
 * @param orgId for which tenant; null for none in particular
 */
record TokenRequest(
        String clientId,
        String clientSecret,
        String resource,
        @Nullable UUID orgId,
        @Nullable OnBehalfOf person) {
    private static final String BASIC = "Basic ";
    private static final Set<String> ROLES =
            Set.of("admin", "agent", "user", "enterprise", "customer", "client", "platform_admin");

    /** Fails with {@link TokenRefusal}. */
    static TokenRequest of(MultivaluedMap<String, String> form, @Nullable String authorization) {
        var grantType = required(form, "grant_type");
        if (!grantType.equals("client_credentials")) {
            throw new TokenRefusal(400, "unsupported_grant_type");
        }
        var credentials = credentials(form, authorization);
        var resource = single(form, "resource");
        if (resource == null || !ServiceAccounts.SERVICES.contains(resource)) {
            throw new TokenRefusal(400, "invalid_target");
        }
        var orgId = orgId(single(form, "org_id"));
        var person = person(single(form, "on_behalf_of"));
        if (person != null && orgId == null) {
            throw TokenRefusal.malformed();
        }
        return new TokenRequest(credentials[0], credentials[1], resource, orgId, person);
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
            if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
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

    private static String required(MultivaluedMap<String, String> form, String name) {
        var value = single(form, name);
        if (value == null) {
            throw TokenRefusal.malformed();
        }
        return value;
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
