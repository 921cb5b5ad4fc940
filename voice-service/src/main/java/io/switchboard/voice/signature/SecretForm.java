package io.switchboard.voice.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** How the text of a secret stands for a key. */
public enum SecretForm {
    /** The text's own bytes. */
    TEXT,
    /** Base64 of either alphabet, also after {@code whsec_}; other text stands for no key. */
    BASE64,
    /** As Standard Webhooks has it: Base64, also after {@code whsec_}; text that is no Base64 is its own key. */
    BASE64_OR_TEXT;

    private static final String PREFIX = "whsec_";
    private static final byte[] NO_KEY = new byte[0];

    /** Empty where the text stands for no key. */
    public byte[] key(byte[] secret) {
        if (this == TEXT) {
            return secret;
        }
        String text = new String(secret, StandardCharsets.UTF_8);
        byte[] decoded = decoded(text, Base64.getDecoder());
        if (this == BASE64_OR_TEXT) {
            return decoded == null ? secret : decoded;
        }
        byte[] inUrl = decoded == null ? decoded(text, Base64.getUrlDecoder()) : decoded;
        return inUrl == null ? NO_KEY : inUrl;
    }

    private static byte @Nullable [] decoded(String secret, Base64.Decoder decoder) {
        try {
            byte[] key = decoder.decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
            return key.length == 0 ? null : key;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
