package io.switchboard.crm.notification;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom a notification is for: one user, or all active users in some roles. */
public record Audience(
        @Nullable UUID userId,
        @Nullable @Size(min = 1, max = 10) List<@NotNull @NullOrNotBlank String> roles) {

    /** Fails with {@code invalid} where it names both or neither. */
    void check() {
        if ((userId == null) == (roles == null)) {
            throw Problem.invalid("audience", "names either userId or roles");
        }
    }

    List<UUID> userIds() {
        return userId == null ? List.of() : List.of(userId);
    }
}
