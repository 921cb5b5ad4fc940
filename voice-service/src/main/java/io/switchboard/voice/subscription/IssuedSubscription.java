package io.switchboard.voice.subscription;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A new webhook subscription with its secret, which is shown only here. */
public record IssuedSubscription(
        UUID id,

        @Schema(examples = "https://hooks.example.com/switchboard")
        String url,

        @Schema(examples = "contact.created") List<String> events,
        @Nullable @Schema(examples = "Our data warehouse") String description,
        SubscriptionStatus status,

        @Schema(examples = SubscriptionSecret.EXAMPLE, description = "Only here")
        String secret,

        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {}
