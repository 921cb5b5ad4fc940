package io.switchboard.audit.format;

import java.util.Base64;

/** A tree's hash in standard base64, as C2SP's formats write it. */
public final class Base64Hash {
    private Base64Hash() {}

    public static String encode(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }

    /** Throws IllegalArgumentException, also for another spelling of the same bytes. */
    public static byte[] decode(String text) {
        if (text.length() == 44) {
            try {
                var hash = Base64.getDecoder().decode(text);
                if (hash.length == TreeHash.LENGTH && encode(hash).equals(text)) {
                    return hash;
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("A hash is not base64.", e);
            }
        }
        throw new IllegalArgumentException("A hash has 32 bytes in base64, 44 characters.");
    }
}
