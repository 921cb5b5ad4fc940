package io.switchboard.auth.accesskey;

import io.switchboard.auth.token.AddressedToken;
import org.jspecify.annotations.Nullable;

/**
 * An access key in the two halves that RFC 6749 asks for: the client id is where the key belongs, the client secret is its
 * random part. In one string, as a bearer token, they stand with a dot between them.
 */
public record KeyCredentials(AddressedToken token) {
    private static final int LETTERS = 43; // of a half, base64url

    /** Null if the client id is not that of an access key. A malformed secret never matches. */
    public static @Nullable KeyCredentials of(String clientId, String clientSecret) {
        // Its length tells the services' names apart at no cost: those come often.
        return clientId.length() == LETTERS
                ? AddressedToken.read(clientId, clientSecret)
                        .map(KeyCredentials::new)
                        .orElse(null)
                : null;
    }

    /** What a bearer token is made of: client id and secret; the secret is empty where there is no dot. */
    public static String[] halves(String key) {
        var dot = key.indexOf('.');
        return dot < 0 ? new String[] {key, ""} : new String[] {key.substring(0, dot), key.substring(dot + 1)};
    }

    String clientId() {
        return AddressedToken.address(token.orgId(), token.id());
    }

    /** Only for the answer to the key's creation. */
    String clientSecret() {
        return token.secret();
    }
}
