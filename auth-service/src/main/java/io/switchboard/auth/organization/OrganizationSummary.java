package io.switchboard.auth.organization;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;

/** An organization in the list of all, for operators. */
public record OrganizationSummary(
        UUID id, String name, String slug, String status, OffsetDateTime createdAt, OffsetDateTime updatedAt) {

    static OrganizationSummary of(Row row) {
        return new OrganizationSummary(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("status"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"));
    }
}
