package io.switchboard.auth.accesskey;

import io.switchboard.auth.token.AddressedToken;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An access key in the two halves that RFC 6749 asks for: the client id is where the key belongs, the client secret is its
 * random part. In one string, as a bearer token, they stand with a dot between them.
 */
public record KeyCredentials(AddressedToken token) {
    private static final int HALF = 32;
    private static final int LETTERS = 43; // of a half, base64url
    private static final byte[] NOBODYS = new byte[HALF];
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** Null where the client id is none of an access key. A secret that is none is one that no key has. */
    public static @Nullable KeyCredentials of(String clientId, String clientSecret) {
        var address = half(clientId);
        if (address == null) {
            return null;
        }
        var secret = half(clientSecret);
        var whole = ByteBuffer.allocate(2 * HALF)
                .put(address)
                .put(secret == null ? NOBODYS : secret)
                .array();
        return new KeyCredentials(AddressedToken.read(ENCODER.encodeToString(whole)));
    }

    /** What a bearer token is made of: client id and secret; the secret is empty where there is no dot. */
    public static String[] halves(String key) {
        var dot = key.indexOf('.');
        return dot < 0 ? new String[] {key, ""} : new String[] {key.substring(0, dot), key.substring(dot + 1)};
    }

    static String clientId(UUID orgId, UUID id) {
        return ENCODER.encodeToString(ByteBuffer.allocate(HALF)
                .putLong(orgId.getMostSignificantBits())
                .putLong(orgId.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    String clientId() {
        return clientId(token.orgId(), token.id());
    }

    /** For the answer to the key's creation, and nothing else. */
    String clientSecret() {
        return ENCODER.encodeToString(
                Arrays.copyOfRange(Base64.getUrlDecoder().decode(token.reveal()), HALF, 2 * HALF));
    }

    private static byte @Nullable [] half(String text) {
        try {
            // Their length tells the services' names apart at no cost: those come often.
            return text.length() == LETTERS ? Base64.getUrlDecoder().decode(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
