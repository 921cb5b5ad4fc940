package io.switchboard.auth.clientsession;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * The answer to a sign-in by PIN.
 *
 * @param sessionToken buys access tokens
 * @param expiresAt of the session, which goes on while it is used
 * @param expiresIn of the access token, seconds
 */
public record PinLoginView(
        UUID clientId,
        String companyName,
        String sessionToken,
        OffsetDateTime expiresAt,
        String accessToken,
        int expiresIn) {

    @Override
    public String toString() {
        return "PinLoginView[" + clientId + "]";
    }
}
