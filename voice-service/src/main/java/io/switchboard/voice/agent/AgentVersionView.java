package io.switchboard.voice.agent;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a voice agent was to do from a change on.
 *
 * @param version counts from 1 in the agent
 * @param changedBy the user; null where no user did
 * @param maxCallDuration seconds
 */
public record AgentVersionView(
        int version,
        OffsetDateTime changedAt,
        @Nullable UUID changedBy,

        @Schema(description = "The fields that differ from the version before; none in the first")
        List<String> changed,

        @Nullable @Schema(description = "The version that was restored, if this is one")
        Integer restoredFrom,

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
        @JsonIgnore UUID id) {

    static final String SELECT = "select id, version, changed_by, changed, restored_from, content, created_at"
            + " from agent_versions where org_id = $1 and agent_id = $2";

    static AgentVersionView of(Row row) {
        var content = row.getJsonObject("content").mapTo(AgentForm.class);
        return new AgentVersionView(
                row.getInteger("version"),
                row.getOffsetDateTime("created_at"),
                row.getUUID("changed_by"),
                List.of(row.getArrayOfStrings("changed")),
                row.getInteger("restored_from"),
                content.name(),
                content.description(),
                content.personalityTone(),
                content.systemPrompt(),
                content.firstMessage(),
                content.voice(),
                content.model(),
                content.language(),
                content.evalMethod(),
                Objects.requireNonNull(content.maxCallDuration()),
                content.provider(),
                content.providerAssistantId(),
                content.allowedTools(),
                row.getUUID("id"));
    }
}
