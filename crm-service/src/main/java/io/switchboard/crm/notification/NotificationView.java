package io.switchboard.crm.notification;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A notification as its user sees it. */
public record NotificationView(
        UUID id,
        NotificationType type,
        NotificationStatus status,
        NotificationPriority priority,
        @Schema(examples = "Hot lead: Ada Lovelace") String title,
        String message,

        @Nullable @Schema(description = "What it is about", examples = "contact")
        String relatedType,

        @Nullable UUID relatedId,

        @Nullable @Schema(description = "Where to act on it")
        String actionUrl,

        List<String> channels,
        @Nullable OffsetDateTime readAt,
        OffsetDateTime expiresAt,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {}
