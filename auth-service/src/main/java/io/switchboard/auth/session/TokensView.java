package io.switchboard.auth.session;

/**
 * The tokens that follow on a refresh token.
 *
 * @param expiresIn of the access token, seconds
 * @param totpRequired the access token is good for setting up the second factor only
 */
public record TokensView(
        String accessToken, String refreshToken, int expiresIn, String tokenType, boolean totpRequired) {

    @Override
    public String toString() {
        return "TokensView";
    }
}
