package io.switchboard.auth.token;

import java.util.Base64;
import java.util.Optional;

/** base64url without padding (RFC 7515), one text for one value: no padding, no other unused bits at the end. */
final class CanonicalBase64 {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private CanonicalBase64() {}

    static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text))
                    .filter(bytes -> encode(bytes).equals(text));
        } catch (IllegalArgumentException junk) {
            return Optional.empty();
        }
    }
}
