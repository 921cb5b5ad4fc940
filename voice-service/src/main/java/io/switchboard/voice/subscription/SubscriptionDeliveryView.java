package io.switchboard.voice.subscription;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event on its way to a subscription, or what became of it. */
public record SubscriptionDeliveryView(
        UUID id,

        @Schema(description = "The webhook-id that it is sent with")
        UUID eventId,

        @Schema(examples = "contact.created") String type,
        DeliveryStatus status,
        @Schema(examples = "1") int attempts,

        @Nullable @Schema(description = "Null when it is delivered or has failed")
        OffsetDateTime nextAttemptAt,

        @Nullable OffsetDateTime lastAttemptAt,

        @Nullable @Schema(examples = "503", description = "Of the last try; null when there was no answer")
        Integer responseStatus,

        @Nullable @Schema(examples = "Service Unavailable", description = "The first 500 characters of the last answer")
        String responseExcerpt,

        @Nullable @Schema(examples = "the receiver answered 503", description = "Of the last try")
        String error,

        OffsetDateTime createdAt) {}
