package io.switchboard.voice.agent;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A voice agent as it is shown.
 *
 * @param maxCallDuration seconds
 * @param behaviourVersion the newest of its versions
 * @param version of the row, for the ETag: a change of the status alone raises only this one
 */
public record AgentView(
        UUID id,
        UUID ownerId,
        String name,
        @Nullable String description,
        @Nullable String personalityTone,
        @Nullable String systemPrompt,
        @Nullable String firstMessage,
        @Nullable String voice,
        @Nullable String model,
        @Nullable String language,
        @Nullable String evalMethod,
        int maxCallDuration,
        @Nullable String provider,
        @Nullable String providerAssistantId,
        List<AgentTool> allowedTools,
        AgentStatus status,

        @JsonProperty("version") @Schema(name = "version", description = "The newest of its versions")
        int behaviourVersion,

        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    static final String SELECT =
            "select id, owner_id, name, description, personality_tone, system_prompt, first_message,"
                    + " voice, model, language, eval_method, max_call_duration, provider, provider_assistant_id, allowed_tools,"
                    + " status::text, behaviour_version, created_at, updated_at, version from agents where org_id = $1";

    static final List<String> LONG_TEXTS = List.of("description", "personality_tone", "system_prompt", "first_message");

    static AgentView of(Row row) {
        return new AgentView(
                row.getUUID("id"),
                row.getUUID("owner_id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("personality_tone"),
                row.getString("system_prompt"),
                row.getString("first_message"),
                row.getString("voice"),
                row.getString("model"),
                row.getString("language"),
                row.getString("eval_method"),
                row.getInteger("max_call_duration"),
                row.getString("provider"),
                row.getString("provider_assistant_id"),
                tools(row.getArrayOfStrings("allowed_tools")),
                Objects.requireNonNull(EnumParam.fromWire(AgentStatus.class, row.getString("status"))),
                row.getInteger("behaviour_version"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    static List<AgentTool> tools(String[] names) {
        return Stream.of(names)
                .map(name -> Objects.requireNonNull(EnumParam.fromWire(AgentTool.class, name)))
                .toList();
    }
}
