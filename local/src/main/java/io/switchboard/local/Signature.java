package io.switchboard.local;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs deliveries as Twilio does, and verifies webhooks as their receivers do. */
final class Signature {
    private static final String SECRET_PREFIX = "whsec_";

    private Signature() {}

    /** Base64 of the HMAC-SHA1 over the address and then every parameter's name and value, in order of the names. */
    static String twilio(String authToken, String url, Map<String, String> parameters) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
        return base64("HmacSHA1", authToken.getBytes(StandardCharsets.UTF_8), signed.toString());
    }

    /**
     * Whether one of the signatures is right, by Standard Webhooks: HMAC-SHA256 over id, timestamp and body, with the bytes that the
     * secret names in Base64.
     *
     * @param signatures with blanks between them, each {@code v1,} and Base64
     */
    static boolean isOfWebhook(String secret, String id, String timestamp, String body, String signatures) {
        if (secret == null || !secret.startsWith(SECRET_PREFIX)) {
            return false;
        }
        byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
        byte[] wanted =
                ("v1," + base64("HmacSHA256", key, id + "." + timestamp + "." + body)).getBytes(StandardCharsets.UTF_8);
        return Arrays.stream(signatures.split(" "))
                .anyMatch(signature -> MessageDigest.isEqual(wanted, signature.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(String algorithm, byte[] key, String signed) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
