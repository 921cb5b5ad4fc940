package io.switchboard.crm.contactimport;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An import with the first of the rows that were refused. */
public record ContactImportView(@JsonUnwrapped ImportSummary summary, List<ImportErrorView> errors) {
    /** A row that was refused. @param line where it begins in the file; the header is line 1 */
    public record ImportErrorView(int line, @Nullable String field, String message) {}
}
