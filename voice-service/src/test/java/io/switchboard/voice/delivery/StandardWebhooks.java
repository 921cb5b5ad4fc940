package io.switchboard.voice.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.voice.Receiver;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver's own check of a request, written from the text of Standard Webhooks. */
final class StandardWebhooks {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private StandardWebhooks() {}

    static boolean verifies(Receiver.Taken request, String secret) {
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(request.timestamp())), Instant.now());
        var signed = request.id() + "." + request.timestamp() + "." + request.body();
        var expected = "v1," + Base64.getEncoder().encodeToString(hmac(secret, signed));
        return age.abs().compareTo(TOLERANCE) < 0
                && Arrays.asList(request.signature().split(" ")).contains(expected);
    }

    private static byte[] hmac(String secret, String text) {
        try {
            var key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
