package io.switchboard.crm.contactimport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a file: what it says of a contact, or why it is refused. */
record ImportRow(
        int line,
        List<String> cells,
        @Nullable ContactValues values,
        @Nullable RowError error) {
    static ImportRow of(int line, List<String> cells, ContactValues values) {
        return new ImportRow(line, cells, values, null);
    }

    static ImportRow refused(int line, List<String> cells, @Nullable String field, String message) {
        return new ImportRow(line, cells, null, new RowError(line, field, message, cells));
    }

    ImportRow refused(@Nullable String field, String message) {
        return refused(line, cells, field, message);
    }
}
