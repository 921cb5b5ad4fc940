package io.switchboard.crm.knowledge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A category as it is shown. */
public record CategoryView(
        UUID id,
        String name,
        @Nullable String description,
        @Nullable UUID parentId,
        Map<String, Object> metadata,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    static final String COLUMNS =
            "id, name, description, parent_id, nullif(metadata, '{}') as metadata, created_at, updated_at, version";

    static final List<String> LONG_TEXTS = List.of("description", "metadata::text");

    static CategoryView of(Row row) {
        return new CategoryView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("description"),
                row.getUUID("parent_id"),
                metadata(row),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    /** Of a row in which an empty one is null. */
    static Map<String, Object> metadata(Row row) {
        JsonObject stored = row.getJsonObject("metadata");
        return stored == null ? Map.of() : stored.getMap();
    }
}
