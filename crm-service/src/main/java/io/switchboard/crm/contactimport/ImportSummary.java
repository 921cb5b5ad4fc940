package io.switchboard.crm.contactimport;

import io.switchboard.kit.http.Cursor;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an import has come.
 *
 * @param total rows of the file; null until they are counted
 * @param errorsTruncated whether more rows were refused than {@code errors} holds
 */
public record ImportSummary(
        UUID id,
        ImportStatus status,
        ImportKey key,
        boolean dryRun,
        @Nullable Integer total,
        int processed,
        int created,
        int updated,
        int failed,
        boolean errorsTruncated,
        List<String> ignoredColumns,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime finishedAt) {

    Cursor cursor() {
        return Cursor.at(createdAt, id);
    }
}
