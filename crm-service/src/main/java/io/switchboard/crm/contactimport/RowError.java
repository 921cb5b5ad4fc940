package io.switchboard.crm.contactimport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a row was refused.
 *
 * @param line where it begins in the file; the header is line 1
 * @param field by its name on the wire; null if it is not about one
 * @param cells of the row, without the apostrophes of {@link io.switchboard.kit.csv.FormulaGuard}
 */
record RowError(int line, @Nullable String field, String message, List<String> cells) {}
