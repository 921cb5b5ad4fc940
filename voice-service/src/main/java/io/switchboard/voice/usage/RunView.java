package io.switchboard.voice.usage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run as it is shown. That of a call has the call's id, and changes when the call's figures do. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunView(
        UUID id,
        UUID agentId,

        @Schema(description = "The user whose quota it counts against")
        UUID ownerId,

        RunSource source,
        @Nullable UUID conversationId,
        OffsetDateTime startedAt,
        OffsetDateTime endedAt,
        int tokens,
        @Schema(description = "Of talk") int durationSeconds,

        @Schema(description = "In USD; 0 for a call that cost in another currency", examples = "0.12")
        BigDecimal cost,

        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {
    static final String COLUMNS = "id, agent_id, owner_id, source, conversation_id, started_at, ended_at, tokens,"
            + " duration_seconds, trim_scale(cost) as cost, created_at, updated_at, version";

    static RunView of(Row row) {
        return new RunView(
                row.getUUID("id"),
                row.getUUID("agent_id"),
                row.getUUID("owner_id"),
                Objects.requireNonNull(EnumParam.fromWire(RunSource.class, row.getString("source"))),
                row.getUUID("conversation_id"),
                row.getOffsetDateTime("started_at"),
                row.getOffsetDateTime("ended_at"),
                row.getInteger("tokens"),
                row.getInteger("duration_seconds"),
                row.getBigDecimal("cost"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }
}
