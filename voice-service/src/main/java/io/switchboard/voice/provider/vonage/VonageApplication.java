package io.switchboard.voice.provider.vonage;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Vonage's API takes tokens that an application's private key signs. */
final class VonageApplication {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{36}");
    private static final int SECONDS = 300;

    private VonageApplication() {}

    /**
     * A fresh token; null for a key of another form.
     *
     * @param apiKey the application's id, a colon and its private key in Base64
     */
    static @Nullable String token(String apiKey) {
        int colon = apiKey.indexOf(':');
        String application = colon < 0 ? "" : apiKey.substring(0, colon);
        if (!ID.matcher(application).matches()) {
            return null;
        }
        long now = Instant.now().getEpochSecond();
        String claims = "{\"application_id\":\"" + application + "\",\"iat\":" + now + ",\"exp\":" + (now + SECONDS)
                + ",\"jti\":\"" + UUID.randomUUID() + "\"}";
        String signed = base64(utf8("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")) + "." + base64(utf8(claims));
        byte[] signature = sign(apiKey.substring(colon + 1), utf8(signed));
        return signature == null ? null : signed + "." + base64(signature);
    }

    /** Null for a key that is none. */
    private static byte @Nullable [] sign(String privateKey, byte[] signed) {
        try {
            var key = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey));
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(key));
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
