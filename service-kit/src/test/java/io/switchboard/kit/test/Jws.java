package io.switchboard.kit.test;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Compact JWS of any content, right or wrong, which no library would write; and the parts of one that was received. */
public final class Jws {
    private Jws() {}

    public static String sign(Map<String, Object> header, String claims, PrivateKey key) {
        return sign(header, claims, "SHA256withRSA", key);
    }

    /** @param algorithm as the JDK calls it; the header may name another */
    static String sign(Map<String, Object> header, String claims, String algorithm, PrivateKey key) {
        try {
            var content = unsigned(new JsonObject(header).encode(), claims);
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hmac(Map<String, Object> header, String claims, byte[] secret) {
        try {
            var content = unsigned(new JsonObject(header).encode(), claims);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return content + "." + encode(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Header and claims, without a signature. */
    static String unsigned(String header, String claims) {
        return encode(header) + "." + encode(claims);
    }

    public static JsonObject header(String token) {
        return part(token, 0);
    }

    public static JsonObject claims(String token) {
        return part(token, 1);
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static JsonObject part(String token, int number) {
        var bytes = Base64.getUrlDecoder().decode(token.split("\\.")[number]);
        return new JsonObject(new String(bytes, StandardCharsets.UTF_8));
    }
}
