package io.switchboard.auth.serviceaccount;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A service token, as RFC 6749 names things.
 *
 * @param expiresIn seconds
 */
public record TokenView(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") int expiresIn) {

    @Override
    public String toString() {
        return "TokenView";
    }
}
