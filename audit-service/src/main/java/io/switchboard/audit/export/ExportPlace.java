package io.switchboard.audit.export;

import io.switchboard.kit.http.Cursor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a piece of a file begins.
 *
 * @param export the id of the event that tells of the export
 * @param below the recording number of that event: the file has the records before it
 * @param after the last record so far; null before the first
 * @param records so far
 */
record ExportPlace(UUID export, long below, @Nullable Cursor after, long records) {
    ExportPlace after(Cursor last, long more) {
        return new ExportPlace(export, below, last, more);
    }
}
