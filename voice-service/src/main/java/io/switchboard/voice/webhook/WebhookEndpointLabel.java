package io.switchboard.voice.webhook;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What can be changed of a webhook endpoint. */
public record WebhookEndpointLabel(
        @NotBlank @Size(max = 120) @Schema(examples = "Front desk")
        String label) {}
