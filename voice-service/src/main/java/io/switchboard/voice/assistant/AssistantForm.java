package io.switchboard.voice.assistant;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.voice.provider.Providers;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An assistant to assign to a PIN client, or its new values. A setting that is null is the voice agent's, or the provider's. */
public record AssistantForm(
        @NotNull @Schema(description = "The PIN client whose it is")
        UUID clientId,

        @Nullable @Schema(description = "The voice agent behind it. This or providerAssistantId is needed")
        UUID agentId,

        @Nullable
        @NullOrNotBlank
        @Size(max = 50)
        @Schema(examples = "vapi", description = "Of providerAssistantId; vapi, if it is not given")
        String provider,

        @Nullable
        @NullOrNotBlank
        @Size(max = 200)
        @Schema(
                examples = "b1c7a0de-3f5c-4d1e-9f00-0c8a1f1f6a2b",
                description = "An assistant at the provider that is this client's alone")
        String providerAssistantId,

        @NotNull @NullOrNotBlank @Size(max = 120) @Schema(examples = "Reception")
        String displayName,

        @Nullable @NullOrNotBlank @Size(max = 2_000) @Schema(examples = "Hello, how may I help you?")
        String firstMessage,

        @Nullable
        @NullOrNotBlank
        @Size(max = 200)
        @Schema(examples = "openai/alloy", description = "provider/id, or an id")
        String voice,

        @Nullable
        @NullOrNotBlank
        @Size(max = 200)
        @Schema(examples = "openai/gpt-4o", description = "provider/id, or an id")
        String model,

        @Nullable @NullOrNotBlank @Size(max = 100) @Schema(examples = "PassFail")
        String evalMethod,

        @Nullable @Min(10) @Max(43_200) @Schema(examples = "600", description = "Seconds")
        Integer maxCallDuration,

        @Nullable @Schema(examples = "true", description = "true, if it is not given. Others answer no calls")
        Boolean isActive) {

    /** What a PIN client may change. */
    static final Set<String> OF_CLIENTS =
            Set.of("displayName", "firstMessage", "voice", "model", "evalMethod", "maxCallDuration");

    public AssistantForm {
        isActive = isActive == null ? Boolean.TRUE : isActive;
        provider = providerAssistantId == null ? null : provider;
    }

    /** With whose the assistant at a provider is. Fails with {@code invalid} where nothing is behind it. */
    AssistantForm checked(Providers providers) {
        if (agentId == null && providerAssistantId == null) {
            throw Problem.invalid("agentId", "must be given, or providerAssistantId");
        }
        return provider == null && providerAssistantId != null ? of(providers.usual()) : this;
    }

    private AssistantForm of(String itsProvider) {
        return new AssistantForm(
                clientId,
                agentId,
                itsProvider,
                providerAssistantId,
                displayName,
                firstMessage,
                voice,
                model,
                evalMethod,
                maxCallDuration,
                isActive);
    }
}
