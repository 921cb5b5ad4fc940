package io.switchboard.crm.notification;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A notification to create for users. */
public record NotificationForm(
        @NotNull @Valid Audience audience,
        @NotNull NotificationType type,
        @NotBlank @Size(max = 200) String title,
        @NotBlank @Size(max = 2_000) String message,

        @Nullable @Pattern(regexp = "[a-z_]{1,50}") @Schema(examples = "call")
        String relatedType,

        @Nullable UUID relatedId,
        @Nullable NotificationPriority priority) {

    /** One user, or all active users in some roles. */
    public record Audience(
            @Nullable UUID userId,
            @Nullable @Size(min = 1, max = 10) List<@NotBlank String> roles) {}
}
