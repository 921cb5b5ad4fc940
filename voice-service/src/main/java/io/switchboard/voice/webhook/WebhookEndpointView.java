package io.switchboard.voice.webhook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook endpoint as its organization sees it. */
public record WebhookEndpointView(
        UUID id,
        @Schema(examples = "vapi") String provider,
        @Schema(examples = "Front desk") String label,

        @Schema(examples = "https://voice.example.com/webhooks/vapi/0197a4c0-5d3f-7000-8000-000000000001")
        String url,

        @Schema(description = "As given when it was made") Map<String, Object> options,

        @Nullable @Schema(description = "Until then the secret before the last rotation verifies too")
        OffsetDateTime previousValidUntil,

        @Nullable
        @Schema(description = "When that secret last verified a delivery, to the minute: the provider still has it")
        OffsetDateTime previousLastUsedAt,

        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {}
