package io.switchboard.audit.checkpoint;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A public key as it is shown.
 *
 * @param vkey name, key id and key, as C2SP signed-note writes them
 * @param keyId 8 hexadecimal digits
 * @param from since when it signs; null for since ever
 * @param until when it stops; null for not yet known
 */
public record CheckpointKeyView(
        String vkey,
        String keyId,
        @Nullable OffsetDateTime from,
        @Nullable OffsetDateTime until) {

    static CheckpointKeyView of(SigningKey key, String name) {
        var named = key.verifierKey().named(name);
        return new CheckpointKeyView(named.text(), named.keyId(), utc(key.from()), utc(key.until()));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
