package io.switchboard.voice.provider.twilio;

import io.switchboard.voice.signature.Delivery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a delivery is signed: with the auth token, or with a key of the account's own, which a header then tells. */
final class TwilioAlgorithm {
    private static final String SETTINGS = "X-Twilio-Webhooks-Signature-Settings";
    private static final String NAME = "algorithm=";

    private TwilioAlgorithm() {}

    /** Null for one that is not known. The header is not signed, so only the algorithm that it names may be tried. */
    static @Nullable String of(Delivery delivery) {
        String settings = delivery.header(SETTINGS);
        if (settings == null) {
            return "HmacSHA1";
        }
        List<String> named = new ArrayList<>();
        for (String setting : settings.replace(" ", "").split(",", 20)) {
            if (setting.startsWith(NAME)) {
                named.add(setting.substring(NAME.length()));
            }
        }
        return switch (named.size() == 1 ? named.get(0) : "") {
            case "HMAC_SHA256" -> "HmacSHA256";
            case "HMAC_SHA1" -> "HmacSHA1";
            default -> null;
        };
    }
}
