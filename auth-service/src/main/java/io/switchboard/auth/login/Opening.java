package io.switchboard.auth.login;

import io.switchboard.auth.throttle.Origin;
import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.auth.token.OpaqueToken;
import io.switchboard.kit.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in about to be written down.
 *
 * @param person acts for itself
 * @param knownDevice the token of the device, if it was one that its user signed in on before
 * @param attempt to be taken back with it; null where none was counted
 */
record Opening(
        Tenant person,
        Origin origin,
        @Nullable String knownDevice,
        @Nullable Attempt attempt,
        OpaqueToken refreshToken,
        OpaqueToken deviceToken) {

    static Opening of(Tenant person, Origin origin, @Nullable String knownDevice, @Nullable Attempt attempt) {
        var device = knownDevice == null ? OpaqueToken.next() : OpaqueToken.shown(knownDevice);
        return new Opening(person, origin, knownDevice, attempt, OpaqueToken.next(), device);
    }

    @Override
    public String toString() {
        return "Opening[" + person.userId() + "]";
    }
}
