package io.switchboard.crm.contactimport;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import io.switchboard.crm.csv.ContactColumn;
import io.switchboard.crm.csv.CsvRows;
import io.switchboard.kit.csv.FormulaGuard;
import io.switchboard.kit.problem.Problem;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first row of a file: what is in its columns, and what is between them.
 *
 * @param names as they are in the file
 */
record ImportHeader(char separator, List<String> names) {
    /** The header has to be within so many bytes of the beginning. */
    static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_COLUMNS = 200;

    /**
     * Takes the separator with which the most columns are known. Fails with {@code invalid} (422).
     *
     * @param beginning of the file, of which at most {@link #MOST_BYTES} count
     */
    static ImportHeader read(byte[] beginning) {
        var text = new String(beginning, 0, Math.min(beginning.length, MOST_BYTES), UTF_8);
        if (text.isBlank() || text.equals("\uFEFF")) {
            throw invalid("is empty; its first row names the columns");
        }
        if (beginning.length >= MOST_BYTES && text.chars().noneMatch(c -> c == '\n' || c == '\r')) {
            throw invalid("has no row that names the columns");
        }
        return Stream.of(',', ';', '\t')
                .map(separator -> new ImportHeader(separator, firstRow(text, separator)))
                .max(Comparator.comparingLong(ImportHeader::known)
                        .thenComparingInt(header -> header.names().size()))
                .orElseThrow()
                .checked();
    }

    private static List<String> firstRow(String text, char separator) {
        try {
            var rows = CsvRows.format(separator).ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text);
            return rows.stream().findFirst().map(row -> row.getFields()).orElse(List.of()).stream()
                    .map(FormulaGuard::unguard)
                    .toList();
        } catch (CsvParseException unreadable) {
            return List.of();
        }
    }

    private ImportHeader checked() {
        if (known() == 0) {
            throw invalid("names no field of a contact in its first row");
        }
        if (names.size() > MOST_COLUMNS) {
            throw invalid("has more than " + MOST_COLUMNS + " columns");
        }
        if (names.stream().anyMatch(name -> name.indexOf('\0') >= 0)) {
            throw invalid("has a character in its header that cannot be stored");
        }
        var seen = EnumSet.noneOf(ContactColumn.class);
        var keys = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) {
            var column = column(i);
            var key = metadataKey(i);
            if (column != null && !seen.add(column) || key != null && !keys.add(key)) {
                throw invalid("has two columns for " + (column == null ? "metadata." + key : column.wire()));
            }
        }
        return this;
    }

    /** Fails with {@code invalid} (422) if no row could have its key. */
    void requireKey(ImportKey key) {
        var needed = key == ImportKey.PHONE ? ContactColumn.PHONE : ContactColumn.EMAIL;
        if (names.stream().noneMatch(name -> ContactColumn.of(name) == needed)) {
            throw invalid("has no column " + needed.wire() + ", which is the key");
        }
    }

    @Nullable
    ContactColumn column(int index) {
        return ContactColumn.of(names.get(index));
    }

    @Nullable
    String metadataKey(int index) {
        return ContactColumn.metadataKey(names.get(index));
    }

    List<String> ignored() {
        return names.stream().filter(name -> !isKnown(name)).toList();
    }

    private long known() {
        return names.stream().filter(ImportHeader::isKnown).count();
    }

    private static boolean isKnown(String name) {
        return ContactColumn.of(name) != null || ContactColumn.metadataKey(name) != null;
    }

    private static Problem invalid(String rule) {
        return Problem.invalid("file", rule);
    }
}
