package io.switchboard.voice.provider.telnyx;

import com.google.crypto.tink.subtle.Bytes;
import com.google.crypto.tink.subtle.Ed25519Verify;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public key with which Telnyx's signatures are checked: 32 bytes in Base64, as its portal shows them, or the same key in
 * X.509 form (the middle of a PEM file). Padding may be left out, and the alphabet may be that of URLs.
 */
final class TelnyxPublicKey {
    /** What X.509 puts before a key of Ed25519 (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int BYTES = 32;
    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ORDER_EIGHT =
            new BigInteger("5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

    /** The coordinates of the points of small order: under such a key anybody can sign. */
    private static final Set<BigInteger> WEAK = Set.of(
            BigInteger.ZERO, BigInteger.ONE, PRIME.subtract(BigInteger.ONE), ORDER_EIGHT, PRIME.subtract(ORDER_EIGHT));

    private TelnyxPublicKey() {}

    static boolean isKey(String text) {
        byte[] point = point(text);
        return point != null && !WEAK.contains(coordinate(point).mod(PRIME)) && isOnCurve(point);
    }

    /** False also for a secret that is no key. By Tink, which takes a quarter of the JDK's time. */
    static boolean verifies(byte[] secret, byte[] signature, byte[]... parts) {
        byte[] point = point(new String(secret, StandardCharsets.ISO_8859_1));
        if (point == null) {
            return false;
        }
        try {
            new Ed25519Verify(point).verify(signature, Bytes.concat(parts));
            return true;
        } catch (GeneralSecurityException refused) {
            return false;
        }
    }

    private static byte @Nullable [] point(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            boolean isX509 =
                    key.length == X509.length + BYTES && Arrays.equals(key, 0, X509.length, X509, 0, X509.length);
            byte[] point = isX509 ? Arrays.copyOfRange(key, X509.length, key.length) : key;
            return point.length == BYTES ? point : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static boolean isOnCurve(byte[] point) {
        try {
            byte[] encoded = Bytes.concat(X509, point);
            Signature.getInstance("Ed25519")
                    .initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            return true;
        } catch (GeneralSecurityException notAPoint) {
            return false;
        }
    }

    /** Little-endian, without the bit that tells the sign of the other one. */
    private static BigInteger coordinate(byte[] point) {
        byte[] reversed = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            reversed[i] = point[BYTES - 1 - i];
        }
        reversed[0] &= 0x7f;
        return new BigInteger(1, reversed);
    }
}
