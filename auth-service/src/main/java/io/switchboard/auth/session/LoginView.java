package io.switchboard.auth.session;

import io.switchboard.auth.user.UserView;

/**
 * The answer to a sign-in.
 *
 * @param expiresIn of the access token, seconds
 * @param deviceToken to be shown when signing in again on this device
 * @param totpRequired the access token is good for setting up the second factor only
 */
public record LoginView(
        String accessToken,
        String refreshToken,
        int expiresIn,
        String tokenType,
        UserView user,
        String deviceToken,
        boolean totpRequired) {

    @Override
    public String toString() {
        return "LoginView[" + user.id() + "]";
    }
}
