package io.switchboard.auth.apikey;

import java.util.UUID;

/**
 * A key in the clear, for voice-service alone.
 *
 * @param userId who keeps it
 */
public record RevealedKey(UUID userId, String provider, String apiKey) {

    @Override
    public String toString() {
        return "RevealedKey[" + provider + "]";
    }
}
