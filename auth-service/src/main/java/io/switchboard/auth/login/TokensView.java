package io.switchboard.auth.login;

/**
 * The tokens that follow on a refresh token.
 *
 * @param expiresIn of the access token, seconds
 */
public record TokensView(String accessToken, String refreshToken, int expiresIn, String tokenType) {

    @Override
    public String toString() {
        return "TokensView";
    }
}
