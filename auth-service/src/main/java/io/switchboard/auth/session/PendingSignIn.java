package io.switchboard.auth.session;

import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.auth.token.RefreshToken;
import io.switchboard.kit.secret.OpaqueToken;
import io.switchboard.kit.tenant.CallerContext;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in that is not recorded yet.
 *
 * @param person acts for itself
 * @param passwordHash that the password was checked against; null where it has only now been set
 * @param knownDevice the token of the device, if it was one that its user signed in on before
 * @param attempt to be taken back with it; null if it was not counted
 */
public record PendingSignIn(
        CallerContext person,
        @Nullable String passwordHash,
        @Nullable String knownDevice,
        @Nullable Attempt attempt,
        RefreshToken refreshToken,
        OpaqueToken deviceToken) {

    /** Of a user who has signed in by password. */
    public static PendingSignIn of(
            CallerContext person, String passwordHash, @Nullable String knownDevice, Attempt attempt) {
        var device = knownDevice == null ? OpaqueToken.next() : OpaqueToken.shown(knownDevice);
        return new PendingSignIn(
                person, passwordHash, knownDevice, attempt, RefreshToken.first(person.orgId()), device);
    }

    /** Of a user whom the same transaction creates. */
    public static PendingSignIn ofNewUser(CallerContext person) {
        return new PendingSignIn(person, null, null, null, RefreshToken.first(person.orgId()), OpaqueToken.next());
    }

    @Override
    public String toString() {
        return "PendingSignIn[" + person.userId() + "]";
    }
}
