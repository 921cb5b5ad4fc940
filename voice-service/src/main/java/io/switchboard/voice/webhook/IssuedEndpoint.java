package io.switchboard.voice.webhook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new webhook endpoint with its secret, which is shown only here. */
public record IssuedEndpoint(
        UUID id,
        @Schema(examples = "vapi") String provider,
        @Schema(examples = "Front desk") String label,

        @Schema(examples = "https://voice.example.com/webhooks/vapi/0197a4c0-5d3f-7000-8000-000000000001")
        String url,

        @Schema(examples = "Gq2mW0s5bV8xk3n1", description = "Only here")
        String secret,

        @Schema(description = "As given") Map<String, Object> options,

        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {}
