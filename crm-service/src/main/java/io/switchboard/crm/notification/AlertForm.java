package io.switchboard.crm.notification;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an admin tells users. */
public record AlertForm(
        @NotNull @Valid Audience audience,

        @NotNull @Schema(examples = "system_alert") NotificationType type,

        @NotNull @NullOrNotBlank @Size(max = 200) String title,
        @NotNull @NullOrNotBlank @Size(max = 2_000) String message,
        @Nullable NotificationPriority priority,

        @Nullable @Size(max = 500) @Pattern(regexp = PATH_OR_HTTPS, message = "must be a path, or begin with https://")
        String actionUrl) {

    /** Never {@code //host}, which browsers take for another site, and no character that HTML or a shell gives a meaning. */
    static final String PATH_OR_HTTPS =
            "(/(?!/)|https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(?=[/?#]|$))[A-Za-z0-9_./~%!$&()*+,;=:@?#-]*";
}
