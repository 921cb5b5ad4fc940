package io.switchboard.crm.team;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A team as it is shown.
 *
 * @param isDefault whether it takes the new tickets of customers and calls
 */
public record TeamView(
        UUID id,
        String name,
        @Nullable String description,
        Map<String, Object> metadata,
        boolean isDefault,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    static final String COLUMNS = "id, name, description, metadata, is_default, created_at, updated_at, version";

    static TeamView of(Row row) {
        return new TeamView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("description"),
                row.getJsonObject("metadata").getMap(),
                row.getBoolean("is_default"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }
}
