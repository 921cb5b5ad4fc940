package io.switchboard.voice.webhook;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What can be changed of a webhook endpoint. */
public record WebhookEndpointPatch(
        @NotNull @NullOrNotBlank @Size(max = 120) @Schema(examples = "Front desk")
        String label,

        @Nullable
        @Size(max = 20)
        @Schema(description = "As when it is made; options that are not named stay, null removes one")
        Map<String, @Nullable Object> options) {

    public WebhookEndpointPatch {
        options = options == null ? Map.of() : options;
    }
}
