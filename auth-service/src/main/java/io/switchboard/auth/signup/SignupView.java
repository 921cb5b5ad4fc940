package io.switchboard.auth.signup;

import io.switchboard.auth.organization.OrganizationView;
import io.switchboard.auth.session.LoginView;
import io.switchboard.auth.user.UserView;

/**
 * A new organization, its first admin, and that admin's tokens.
 *
 * @param expiresIn of the access token, seconds
 */
public record SignupView(
        OrganizationView organization,
        UserView user,
        String accessToken,
        String refreshToken,
        int expiresIn,
        String tokenType,
        String deviceToken) {

    static SignupView of(OrganizationView organization, LoginView login) {
        return new SignupView(
                organization,
                login.user(),
                login.accessToken(),
                login.refreshToken(),
                login.expiresIn(),
                login.tokenType(),
                login.deviceToken());
    }

    @Override
    public String toString() {
        return "SignupView[" + organization.id() + "]";
    }
}
