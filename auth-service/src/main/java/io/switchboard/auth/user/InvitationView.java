package io.switchboard.auth.user;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An invitation on the wire; token and link are only in the answer to its creation. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InvitationView(
        UUID id,
        String email,
        Role role,
        InvitationStatus status,
        @Nullable String token,
        @Nullable String acceptUrl,
        OffsetDateTime expiresAt,
        OffsetDateTime createdAt,
        @JsonIgnore int version)
        implements Versioned {

    @Override
    public String toString() {
        return "InvitationView[" + id + "]";
    }
}
