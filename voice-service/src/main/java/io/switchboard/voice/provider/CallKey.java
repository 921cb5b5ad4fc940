package io.switchboard.voice.provider;

/**
 * A further id that a call goes by, at its provider or at the carrier beneath it. Calls that share one are the same call.
 *
 * @param provider whose id it is: a provider's name, also of one whose deliveries do not come here
 */
public record CallKey(String provider, String key) {}
