package io.switchboard.voice.subscription;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets in the form of Standard Webhooks: {@code whsec_} and the key in Base64. */
final class SubscriptionSecret {
    static final String EXAMPLE = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;

    private SubscriptionSecret() {}

    static String random() {
        var key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }
}
