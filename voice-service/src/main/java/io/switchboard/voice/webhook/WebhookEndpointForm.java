package io.switchboard.voice.webhook;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook endpoint to create. */
public record WebhookEndpointForm(
        @NotNull @NullOrNotBlank @Schema(examples = "vapi", description = "As in the endpoint's URL")
        String provider,

        @NotNull @NullOrNotBlank @Size(max = 120) @Schema(examples = "Front desk")
        String label,

        @Nullable
        @Pattern(regexp = SECRET, message = SECRET_RULE)
        @Schema(
                examples = "Gq2mW0s5bV8xk3n1",
                description =
                        "What the provider signs with. Where that is a key of the account, it goes here; else one is"
                                + " made if it is missing.")
        String secret,

        @Nullable
        @Size(max = 20)
        @Schema(description = "How this endpoint differs from the provider's defaults; each provider has its own")
        Map<String, @Nullable Object> options) {

    public WebhookEndpointForm {
        options = options == null ? Map.of() : options;
    }

    static final String SECRET = "[\\x21-\\x7e]{8,512}";
    static final String SECRET_RULE = "is 8 to 512 visible ASCII characters";
}
