package io.switchboard.auth.clientsession;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * An active session.
 *
 * @param expiresAt if it is not used until then
 * @param expiresIn of the access token, seconds
 */
public record SessionView(
        boolean valid, UUID clientId, String companyName, OffsetDateTime expiresAt, String accessToken, int expiresIn) {

    @Override
    public String toString() {
        return "SessionView[" + clientId + "]";
    }
}
