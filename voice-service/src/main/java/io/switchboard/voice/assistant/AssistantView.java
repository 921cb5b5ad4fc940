package io.switchboard.voice.assistant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.switchboard.voice.livecall.AssistantSettings;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A PIN client's assistant. */
public record AssistantView(
        UUID id,
        UUID clientId,

        @Nullable @Schema(description = "The voice agent behind it")
        UUID agentId,

        @Nullable @Schema(examples = "vapi") String provider,

        @Nullable @Schema(examples = "b1c7a0de-3f5c-4d1e-9f00-0c8a1f1f6a2b")
        String providerAssistantId,

        @Schema(examples = "Reception") String displayName,

        @Nullable @Schema(examples = "Hello, how may I help you?")
        String firstMessage,

        @Nullable @Schema(examples = "openai/alloy") String voice,
        @Nullable @Schema(examples = "openai/gpt-4o") String model,
        @Nullable @Schema(examples = "PassFail") String evalMethod,

        @Nullable @Schema(examples = "600", description = "Seconds")
        Integer maxCallDuration,

        @Schema(examples = "true") boolean isActive,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    static final String COLUMNS =
            "id, client_id, agent_id, provider, provider_assistant_id, display_name, first_message,"
                    + " voice, model, eval_method, max_call_duration, is_active, created_at, updated_at, version";

    static final List<String> LONG_TEXTS = List.of("first_message");

    static AssistantView of(Row row) {
        return new AssistantView(
                row.getUUID("id"),
                row.getUUID("client_id"),
                row.getUUID("agent_id"),
                row.getString("provider"),
                row.getString("provider_assistant_id"),
                row.getString("display_name"),
                row.getString("first_message"),
                row.getString("voice"),
                row.getString("model"),
                row.getString("eval_method"),
                row.getInteger("max_call_duration"),
                row.getBoolean("is_active"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    AssistantSettings settings() {
        return new AssistantSettings(firstMessage, voice, model, evalMethod, maxCallDuration);
    }

    /** Whether its provider has been told of all that it keeps. */
    boolean isKeptAs(AssistantView before) {
        return Objects.equals(provider, before.provider)
                && Objects.equals(providerAssistantId, before.providerAssistantId)
                && settings().equals(before.settings());
    }

    AssistantForm form() {
        return new AssistantForm(
                clientId,
                agentId,
                provider,
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
