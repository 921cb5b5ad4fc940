package io.switchboard.audit.seal;

import io.switchboard.audit.format.Leaf;
import io.switchboard.audit.format.PrivateParts;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log on its way into its tree.
 *
 * @param oldData JSON as the database writes it; never parsed, so that no number changes
 * @param newData likewise
 */
record UnsealedRecord(
        long no,
        UUID orgId,
        UUID id,
        OffsetDateTime occurredAt,
        OffsetDateTime recordedAt,
        @Nullable String actorId,
        String actorType,
        String action,
        String resourceType,
        @Nullable String resourceId,
        String service,
        @Nullable String oldData,
        @Nullable String newData,
        @Nullable String ipAddress,
        @Nullable String userAgent,
        @Nullable String requestId,
        String outcome) {

    static final String COLUMNS =
            "no, org_id, id, occurred_at, recorded_at, actor_id, actor_type, action, resource_type,"
                    + " resource_id, service, old_data, new_data, ip_address, user_agent, request_id, outcome";

    static UnsealedRecord of(Row row) {
        int column = 0;
        return new UnsealedRecord(
                row.getLong(column++),
                row.getUUID(column++),
                row.getUUID(column++),
                row.getOffsetDateTime(column++),
                row.getOffsetDateTime(column++),
                row.getString(column++),
                row.getString(column++),
                row.getString(column++),
                row.getString(column++),
                row.getString(column++),
                row.getString(column++),
                row.getString(column++),
                row.getString(column++),
                row.getString(column++),
                row.getString(column++),
                row.getString(column++),
                row.getString(column++));
    }

    Leaf leaf(long sequence, byte[] dataSalt, byte[] originSalt) {
        return new Leaf(
                orgId,
                id,
                sequence,
                occurredAt.toInstant(),
                recordedAt.toInstant(),
                actorId,
                actorType,
                action,
                resourceType,
                resourceId,
                service,
                outcome,
                requestId,
                PrivateParts.data(oldData, newData, dataSalt),
                PrivateParts.origin(ipAddress, userAgent, originSalt));
    }
}
