package io.switchboard.voice.subscription;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook subscription as its organization sees it. */
public record WebhookSubscriptionView(
        UUID id,

        @Schema(examples = "https://hooks.example.com/switchboard")
        String url,

        @Schema(examples = "contact.created") List<String> events,
        @Nullable @Schema(examples = "Our data warehouse") String description,
        SubscriptionStatus status,

        @Nullable @Schema(examples = "the receiver answered 410", description = "Null where an admin disabled it")
        String disabledReason,

        @Nullable @Schema(description = "The first failed try since the last that was answered with a 2xx")
        OffsetDateTime failingSince,

        @Nullable @Schema(description = "Until then the secret before the last rotation signs too")
        OffsetDateTime previousValidUntil,

        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {}
