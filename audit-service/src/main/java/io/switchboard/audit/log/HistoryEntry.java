package io.switchboard.audit.log;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.switchboard.audit.seal.Recorded;
import io.switchboard.kit.http.Cursor;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One step in the history of a record: who did what to it, and what changed.
 *
 * @param changes each changed field with its {@code old} and {@code new} value, as JSON
 * @param sequence of the record, its 0-based place in the organization's tree; null until it is sealed
 * @param no see {@link AuditRecord}
 */
public record HistoryEntry(
        UUID id,
        UUID orgId,
        OffsetDateTime occurredAt,
        @Nullable String actorId,
        String actorType,
        String action,
        String service,
        String outcome,
        @Nullable String requestId,

        @JsonRawValue @Schema(type = SchemaType.OBJECT, examples = "{\"name\": {\"old\": \"Ada\", \"new\": \"Ada L\"}}")
        String changes,

        @Nullable Long sequence,
        @JsonIgnore long no) {

    HistoryEntry sealed(@Nullable Long sequence) {
        return new HistoryEntry(
                id, orgId, occurredAt, actorId, actorType, action, service, outcome, requestId, changes, sequence, no);
    }

    Recorded recorded() {
        return new Recorded(orgId, no, id);
    }

    Cursor cursor() {
        return Cursor.at(occurredAt, id);
    }
}
