package io.switchboard.voice.signature;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets of 256 random bits. */
public final class RandomSecret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private RandomSecret() {}

    /** In Base64 that fits into a URL, without padding. */
    public static String next() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    public static byte[] bytes() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
