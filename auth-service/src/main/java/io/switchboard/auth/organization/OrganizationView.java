package io.switchboard.auth.organization;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.member.Closure;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization on the wire. */
public record OrganizationView(
        UUID id,
        String name,
        String slug,
        @Nullable String domain,
        String status,
        String timeZone,
        String defaultRegion,
        Map<String, Object> businessHours,
        List<Closure> closures,
        boolean requireTotp,
        Map<String, Object> metadata,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {
    /** What {@link #of} reads, of the table organizations. */
    static final String COLUMNS = "id, name, slug, domain, status::text as status, time_zone, default_region,"
            + " business_hours, closures, require_totp, metadata, created_at, updated_at, version";

    static OrganizationView of(Row row) {
        return new OrganizationView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("domain"),
                row.getString("status"),
                row.getString("time_zone"),
                row.getString("default_region"),
                row.getJsonObject("business_hours").getMap(),
                Closure.list(row.getJsonArray("closures")),
                row.getBoolean("require_totp"),
                row.getJsonObject("metadata").getMap(),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }
}
