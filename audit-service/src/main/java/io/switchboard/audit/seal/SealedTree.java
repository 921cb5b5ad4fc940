package io.switchboard.audit.seal;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An organization's tree as it stands.
 *
 * @param size its leaves
 * @param frontier roots of its perfect subtrees, as module audit-verify writes them
 * @param checkpoint the newest that was published, as a signed note
 * @param exportedSize leaves that the journal outside the database has
 */
public record SealedTree(
        UUID orgId,
        long size,
        byte[] frontier,
        @Nullable String checkpoint,
        long exportedSize,
        OffsetDateTime sealedAt) {
    static final String COLUMNS = "org_id, size, frontier, checkpoint, exported_size, sealed_at";

    static SealedTree of(Row row) {
        return new SealedTree(
                row.getUUID("org_id"),
                row.getLong("size"),
                row.getBuffer("frontier").getBytes(),
                row.getString("checkpoint"),
                row.getLong("exported_size"),
                row.getOffsetDateTime("sealed_at"));
    }
}
