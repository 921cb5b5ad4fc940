package io.switchboard.voice.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the providers' signatures share. */
public final class Signature {
    /** How far a signed time may be off, either way. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private Signature() {}

    public static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** HMAC-SHA256 in lower-case hexadecimal, as ASCII. */
    public static byte[] hexHmac(byte[] key, byte[]... parts) {
        return utf8(hex(hmac("HmacSHA256", key, parts)));
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static boolean isRecent(Instant signed, Instant now) {
        return Duration.between(signed, now).abs().compareTo(TOLERANCE) <= 0;
    }
}
