package io.switchboard.audit.integrity;

import io.switchboard.audit.format.Frontier;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an organization's tree, beside its records.
 *
 * @param size the number of sealed records
 * @param blocksEnd where the last block ends
 * @param checkpoint the newest that was published, a signed note
 * @param fullCheck what the last check of all records found
 */
record TreeState(
        UUID org,
        long size,
        long blocksEnd,
        byte[] frontier,
        @Nullable String checkpoint,
        @Nullable OffsetDateTime sealedAt,
        long unsealed,
        @Nullable OffsetDateTime fullCheckedAt,
        @Nullable BrokenRecord fullCheck) {

    /** The unsealed are few, and found by their numbers. */
    static final String SQL = "select t.size, t.frontier, t.checkpoint, t.sealed_at,"
            + " (select b.first + b.count from blocks b where b.org_id = $1 order by b.first desc limit 1) as blocks_end,"
            + " (select count(*) from (select l.id from audit_logs l where l.org_id = $1"
            + " and l.no > c.up_to_no order by l.no limit 10000) u) as unsealed,"
            + " i.full_checked_at, i.broken_id, i.broken_sequence, i.broken_reason"
            + " from seal_cursor c left join trees t on t.org_id = $1 left join integrity_checks i on i.org_id = $1";

    static TreeState of(UUID org, Row row) {
        var reason = row.getString("broken_reason");
        return new TreeState(
                org,
                row.getLong("size") == null ? 0 : row.getLong("size"),
                row.getLong("blocks_end") == null ? 0 : row.getLong("blocks_end"),
                row.getBuffer("frontier") == null
                        ? new byte[0]
                        : row.getBuffer("frontier").getBytes(),
                row.getString("checkpoint"),
                row.getOffsetDateTime("sealed_at"),
                row.getLong("unsealed"),
                row.getOffsetDateTime("full_checked_at"),
                reason == null
                        ? null
                        : new BrokenRecord(
                                row.getUUID("broken_id"),
                                row.getLong("broken_sequence"),
                                BreakReason.valueOf(reason.toUpperCase(java.util.Locale.ROOT))));
    }

    /** Null if the frontier does not fit the size. */
    byte @Nullable [] root() {
        try {
            return Frontier.of(size, frontier).root();
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }
}
