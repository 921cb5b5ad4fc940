package io.switchboard.auth.pin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that PINs are hashed with, held outside the database.
 *
 * @param id tells it from others and nothing more
 */
record Pepper(String id, SecretKeySpec key) {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    static Pepper of(String base64) {
        var bytes = Base64.getDecoder().decode(base64.trim());
        if (bytes.length < BYTES) {
            throw new IllegalArgumentException("switchboard.pin-pepper must be at least 32 bytes, base64");
        }
        var key = new SecretKeySpec(bytes, ALGORITHM);
        return new Pepper(HexFormat.of().formatHex(Arrays.copyOf(hmac(key, "pepper id"), 6)), key);
    }

    byte[] hmac(String pin) {
        return hmac(key, "pin:" + pin);
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "Pepper " + id;
    }
}
