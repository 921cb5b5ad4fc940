package io.switchboard.auth.accesskey;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An access key as it is shown; its secret only in the answer to its creation.
 *
 * @param key client id and secret in one, for {@code Authorization: Bearer}
 * @param lastUsedAt to the minute
 */
public record AccessKeyView(
        UUID id,
        String name,
        String role,
        String clientId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String clientSecret,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
        OffsetDateTime createdAt,
        OffsetDateTime expiresAt,
        @Nullable OffsetDateTime lastUsedAt)
        implements Versioned {

    /** A key never changes: it is revoked, and another one made. */
    @Override
    @JsonIgnore
    public int version() {
        return 0;
    }

    @Override
    public String toString() {
        return "AccessKeyView[" + id + "]";
    }
}
