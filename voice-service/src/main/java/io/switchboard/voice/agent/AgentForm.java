package io.switchboard.voice.agent;

import io.switchboard.kit.text.NullOrNotBlank;
import io.vertx.core.json.JsonObject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A voice agent to create, or its new values. */
public record AgentForm(
        @NotNull @NullOrNotBlank @Size(max = 120) String name,

        @Nullable @NullOrNotBlank @Size(max = 2_000) String description,

        @Nullable @NullOrNotBlank @Size(max = 500) String personalityTone,

        @Nullable @NullOrNotBlank @Size(max = 32_000) String systemPrompt,

        @Nullable @NullOrNotBlank @Size(max = 2_000) String firstMessage,

        @Nullable @NullOrNotBlank @Size(max = 200) @Schema(description = "provider/id, or an id")
        String voice,

        @Nullable @NullOrNotBlank @Size(max = 200) @Schema(description = "provider/id, or an id")
        String model,

        @Nullable
        @Size(max = 35)
        @Pattern(regexp = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", message = "must be a language tag such as en-GB")
        @Schema(description = "BCP 47")
        String language,

        @Nullable @NullOrNotBlank @Size(max = 100) String evalMethod,

        @Nullable
        @Min(LEAST_SECONDS)
        @Max(MOST_SECONDS)
        @Schema(description = "Seconds, from 10 to 43200; 600, if it is not given")
        Integer maxCallDuration,

        @Nullable @Size(max = 50) String provider,

        @Nullable
        @NullOrNotBlank
        @Size(max = 200)
        @Schema(description = "The agent's id at its provider. Without it each answer describes the agent")
        String providerAssistantId,

        @Nullable @Size(max = 20) @Schema(description = "What it may ask for during a call; all, if it is not given")
        List<@NotNull AgentTool> allowedTools,

        @Nullable @Schema(description = "active, if it is not given. Only active ones answer")
        AgentStatus status,

        @Nullable
        @Schema(description = "The user who owns it: the caller, if it is not given. Only admins may give it to others")
        UUID ownerId) {

    private static final int LEAST_SECONDS = 10;
    private static final int MOST_SECONDS = 43_200;
    private static final int USUAL_SECONDS = 600;

    public AgentForm {
        name = name == null ? null : name.strip();
        maxCallDuration = maxCallDuration == null ? Integer.valueOf(USUAL_SECONDS) : maxCallDuration;
        allowedTools = allowedTools == null
                ? AgentTool.ALL
                : allowedTools.stream().distinct().toList();
        status = status == null ? AgentStatus.ACTIVE : status;
    }

    /** What an agent's versions keep: all fields but owner and status, as on the wire. */
    JsonObject content() {
        var content = JsonObject.mapFrom(this);
        content.remove("ownerId");
        content.remove("status");
        return content;
    }

    /** The fields of the content that differ, as on the wire. */
    List<String> differences(AgentForm other) {
        var mine = content();
        var others = other.content();
        var fields = new TreeSet<>(mine.fieldNames());
        fields.addAll(others.fieldNames());
        return fields.stream()
                .filter(field -> !Objects.equals(mine.getValue(field), others.getValue(field)))
                .toList();
    }
}
