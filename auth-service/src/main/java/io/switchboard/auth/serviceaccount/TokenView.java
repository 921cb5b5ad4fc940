package io.switchboard.auth.serviceaccount;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.switchboard.auth.token.IssuedToken;

/**
 * An access token, as RFC 6749 names things.
 *
 * @param expiresIn seconds
 */
public record TokenView(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") int expiresIn) {

    static TokenView of(IssuedToken token) {
        return new TokenView(token.text(), "Bearer", token.expiresIn());
    }

    @Override
    public String toString() {
        return "TokenView";
    }
}
