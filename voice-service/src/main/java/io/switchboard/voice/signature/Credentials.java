package io.switchboard.voice.signature;

import java.security.MessageDigest;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's deliveries are verified with.
 *
 * @param secret the current one; an empty one signs nothing
 * @param previousSecret the one before the last rotation; null once its grace time is over
 */
public record Credentials(byte[] secret, byte @Nullable [] previousSecret, EndpointOptions options) {
    /** Of an endpoint that does not exist. */
    public static final Credentials NONE = new Credentials(new byte[0], null, EndpointOptions.NONE);

    /** Both secrets are tried, so that the answer's time does not tell which one fits. */
    public Verdict match(Predicate<byte[]> signed) {
        boolean current = secret.length > 0 && signed.test(secret);
        boolean previous = previousSecret != null && previousSecret.length > 0 && signed.test(previousSecret);
        return current ? Verdict.CURRENT : previous ? Verdict.PREVIOUS : Verdict.REFUSED;
    }

    /**
     * Compares in constant time.
     *
     * @param expected the signature that a secret makes
     * @param given the delivery's signature
     */
    public Verdict match(Function<byte[], byte[]> expected, byte[] given) {
        return match(key -> MessageDigest.isEqual(expected.apply(key), given));
    }
}
