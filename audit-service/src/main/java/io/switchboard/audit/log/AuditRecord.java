package io.switchboard.audit.log;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.switchboard.audit.seal.Recorded;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event, as the log stores it.
 *
 * @param oldData JSON as the database writes it, passed on unread
 * @param newData likewise
 * @param sequence its 0-based place in the organization's tree; null until it is sealed
 * @param no in the order of recording, over all organizations: which would tell of the others
 */
public record AuditRecord(
        UUID id,
        UUID orgId,
        OffsetDateTime occurredAt,
        OffsetDateTime recordedAt,
        @Nullable String actorId,
        String actorType,
        String action,
        String resourceType,
        @Nullable String resourceId,
        String service,

        @JsonRawValue @Schema(type = SchemaType.OBJECT, nullable = true) @Nullable
        String oldData,

        @JsonRawValue @Schema(type = SchemaType.OBJECT, nullable = true) @Nullable
        String newData,

        @Nullable String ipAddress,
        @Nullable String userAgent,
        @Nullable String requestId,
        String outcome,
        @Nullable Long sequence,
        @JsonIgnore long no)
        implements Versioned {

    AuditRecord sealed(@Nullable Long sequence) {
        return new AuditRecord(
                id,
                orgId,
                occurredAt,
                recordedAt,
                actorId,
                actorType,
                action,
                resourceType,
                resourceId,
                service,
                oldData,
                newData,
                ipAddress,
                userAgent,
                requestId,
                outcome,
                sequence,
                no);
    }

    Recorded recorded() {
        return new Recorded(orgId, no, id);
    }

    /** @param row has the other columns by their names */
    public static AuditRecord of(Row row, @Nullable Long sequence) {
        return new AuditRecord(
                row.getUUID("id"),
                row.getUUID("org_id"),
                row.getOffsetDateTime("occurred_at"),
                row.getOffsetDateTime("recorded_at"),
                row.getString("actor_id"),
                row.getString("actor_type"),
                row.getString("action"),
                row.getString("resource_type"),
                row.getString("resource_id"),
                row.getString("service"),
                row.getString("old_data"),
                row.getString("new_data"),
                row.getString("ip_address"),
                row.getString("user_agent"),
                row.getString("request_id"),
                row.getString("outcome"),
                sequence,
                row.getLong("no"));
    }

    Cursor cursor() {
        return Cursor.at(occurredAt, id);
    }

    /** Changes once, when it is sealed. */
    @Override
    @JsonIgnore
    public int version() {
        return sequence == null ? 0 : 1;
    }
}
