package io.switchboard.auth.client;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client as it is shown.
 *
 * @param pin only in the answer that assigns a generated one
 */
public record ClientView(
        UUID id,
        String companyName,
        String contactEmail,
        @JsonProperty("isActive") boolean isActive,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String pin,
        @JsonIgnore int version)
        implements Versioned {

    @Override
    public String toString() {
        return "ClientView[" + id + "]";
    }
}
