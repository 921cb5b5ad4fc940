package io.switchboard.voice.inbox;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A provider's event and its status. */
public record WebhookEventView(
        UUID id,
        @Schema(examples = "vapi") String provider,

        @Schema(
                description = "The id by which repeats are recognized",
                examples = "80e67583-7388-58b5-b794-0c94727f8a0d:end-of-call-report")
        String eventId,

        @Schema(examples = "end-of-call-report") String type,

        EventStatus status,

        @Schema(description = "How often it was tried; after eight it is dead")
        int attempts,

        @Nullable @Schema(description = "Why the last try failed")
        String error,

        OffsetDateTime receivedAt,
        @Nullable OffsetDateTime processedAt) {}
