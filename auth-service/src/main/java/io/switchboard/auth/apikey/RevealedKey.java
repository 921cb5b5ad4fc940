package io.switchboard.auth.apikey;

/** A key in the clear, for voice-service alone. */
public record RevealedKey(String provider, String apiKey) {

    @Override
    public String toString() {
        return "RevealedKey[" + provider + "]";
    }
}
