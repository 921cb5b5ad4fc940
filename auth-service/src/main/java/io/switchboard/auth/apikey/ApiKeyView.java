package io.switchboard.auth.apikey;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a key that we keep; never the key.
 *
 * @param keyVersion which master key it is under: the id in its keyset
 */
public record ApiKeyView(
        @JsonIgnore UUID id,
        String provider,
        String last4,
        long keyVersion,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime lastUsedAt) {}
