package io.switchboard.auth.token;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * The key that signs next.
 *
 * @param signsFrom at the earliest; published from now on
 */
public record NextKeyView(UUID kid, OffsetDateTime signsFrom) {

    static NextKeyView of(SigningKey key) {
        return new NextKeyView(key.id(), key.signsFrom());
    }
}
