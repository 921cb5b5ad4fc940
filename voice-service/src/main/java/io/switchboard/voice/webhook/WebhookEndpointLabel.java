package io.switchboard.voice.webhook;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What can be changed of a webhook endpoint. */
public record WebhookEndpointLabel(
        @NotNull @NullOrNotBlank @Size(max = 120) @Schema(examples = "Front desk")
        String label) {}
