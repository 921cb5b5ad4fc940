package io.switchboard.auth.token;

import java.time.Duration;
import java.time.Instant;

/**
 * An access token, perhaps one that was issued before.
 *
 * @param expires a whole second, as the token says it
 */
public record IssuedToken(String text, Instant expires) {

    /** Seconds from now, counted between whole seconds as the token's own times are. */
    public int expiresIn() {
        return Math.toIntExact(expires.getEpochSecond() - Instant.now().getEpochSecond());
    }

    /** For how long it may be issued again. */
    Duration remembered(Duration leftAtLeast) {
        var left = Duration.between(Instant.now(), expires).minus(leftAtLeast);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public String toString() {
        return "***";
    }
}
