package io.switchboard.crm.notification;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A notification to create for users. */
public record NotificationForm(
        @NotNull @Valid Audience audience,
        @NotNull NotificationType type,
        @NotNull @NullOrNotBlank @Size(max = 200) String title,
        @NotNull @NullOrNotBlank @Size(max = 2_000) String message,

        @Nullable @Pattern(regexp = "[a-z_]{1,50}") @Schema(examples = "call")
        String relatedType,

        @Nullable UUID relatedId,
        @Nullable NotificationPriority priority) {}
