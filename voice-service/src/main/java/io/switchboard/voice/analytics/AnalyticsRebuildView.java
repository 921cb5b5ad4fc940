package io.switchboard.voice.analytics;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A job that counts an organization's calls anew. */
public record AnalyticsRebuildView(
        UUID id,
        RebuildStatus status,

        @Schema(description = "The days whose figures were wrong; null until it is over", examples = "3") @Nullable
        Integer mendedDays,

        OffsetDateTime createdAt,
        @Nullable OffsetDateTime finishedAt) {
    static final String COLUMNS = "id, state, lease is not null as leased, result, created_at, finished_at";

    static AnalyticsRebuildView of(Row row) {
        JsonObject result = row.getJsonObject("result");
        return new AnalyticsRebuildView(
                row.getUUID("id"),
                status(row.getString("state"), row.getBoolean("leased")),
                result == null ? null : result.getInteger(AnalyticsRebuilds.MENDED_DAYS),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("finished_at"));
    }

    private static RebuildStatus status(String state, boolean leased) {
        return switch (state) {
            case "done" -> RebuildStatus.COMPLETED;
            case "dead" -> RebuildStatus.FAILED;
            default -> leased ? RebuildStatus.RUNNING : RebuildStatus.QUEUED;
        };
    }
}
