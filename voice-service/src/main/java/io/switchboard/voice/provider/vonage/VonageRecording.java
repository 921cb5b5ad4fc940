package io.switchboard.voice.provider.vonage;

import io.switchboard.voice.provider.RecordedCall;
import io.switchboard.voice.provider.RecordingSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Vonage's recordings open with a token that the application's private key signs. Its API lists none by call. */
final class VonageRecording {
    private static final Pattern URL =
            Pattern.compile("https://api(-[a-z0-9-]{1,20})?\\.(nexmo|vonage)\\.com/v[0-9]/files/[0-9a-fA-F-]{36}");
    private static final Pattern APPLICATION = Pattern.compile("[0-9a-fA-F-]{36}");
    private static final int SECONDS = 300;

    private VonageRecording() {}

    /** @param apiKey the application's id, and its private key in Base64 */
    static @Nullable RecordingSource find(RecordedCall call, String apiKey) {
        int colon = apiKey.indexOf(':');
        return call.recordingUrl() == null || !URL.matcher(call.recordingUrl()).matches() || colon < 0
                ? null
                : token(apiKey.substring(0, colon), apiKey.substring(colon + 1), call.recordingUrl());
    }

    private static @Nullable RecordingSource token(String application, String privateKey, String url) {
        if (!APPLICATION.matcher(application).matches()) {
            return null;
        }
        long now = Instant.now().getEpochSecond();
        String claims = "{\"application_id\":\"" + application + "\",\"iat\":" + now + ",\"exp\":" + (now + SECONDS)
                + ",\"jti\":\"" + UUID.randomUUID() + "\"}";
        String signed = base64(utf8("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")) + "." + base64(utf8(claims));
        byte[] signature = sign(privateKey, utf8(signed));
        return signature == null
                ? null
                : new RecordingSource.Media(url, RecordingSource.bearer(signed + "." + base64(signature)));
    }

    /** Null for a key that is none. */
    private static byte @Nullable [] sign(String privateKey, byte[] signed) {
        try {
            var key = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey));
            var signature = java.security.Signature.getInstance("SHA256withRSA");
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
