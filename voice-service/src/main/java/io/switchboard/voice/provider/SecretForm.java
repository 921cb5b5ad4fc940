package io.switchboard.voice.provider;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** How the text of a secret stands for a key. */
public enum SecretForm {
    /** The text's own bytes. */
    TEXT,
    /** Base64, also after {@code whsec_}; other text stands for no key. */
    BASE64,
    /** As Standard Webhooks has it: Base64, also after {@code whsec_}; text that is no Base64 is its own key. */
    STANDARD;

    private static final String PREFIX = "whsec_";
    private static final byte[] NO_KEY = new byte[0];

    /** Empty where the text stands for no key. */
    public byte[] key(byte[] secret) {
        if (this == TEXT) {
            return secret;
        }
        byte[] decoded = decoded(new String(secret, StandardCharsets.UTF_8));
        return decoded != null ? decoded : this == BASE64 ? NO_KEY : secret;
    }

    private static byte @Nullable [] decoded(String secret) {
        try {
            byte[] key = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
            return key.length == 0 ? null : key;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
