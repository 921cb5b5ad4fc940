package io.switchboard.crm.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of a file behind its header, some at a time. Blocks while it reads. */
public final class CsvRows {
    /** Of one cell, in characters. */
    private static final int LONGEST_CELL = 64 * 1024;

    /** Of one row, in characters: its cells are held, and kept where it is refused. */
    private static final int LONGEST_ROW = 256 * 1024;

    private static final int MOST_CELLS = 10_000;

    /** Rows of a batch, in characters: so much is held at a time, or one row. */
    private static final int LARGEST_BATCH = 1 << 20;

    private static final Pattern LINE = Pattern.compile("starting at line (\\d+)");

    private final CloseableIterator<CsvRecord> rows;
    private @Nullable UnreadableFile broken;
    private int read;

    public CsvRows(InputStream file, char separator) {
        rows = format(separator).detectBomHeader(true).build(bounded(), file).iterator();
        next(1); // the header
        read = 0;
    }

    private static CsvRecordHandler bounded() {
        return CsvRecordHandler.builder()
                .maxRecordSize(LONGEST_ROW)
                .maxFieldSize(LONGEST_CELL)
                .maxFields(MOST_CELLS)
                .build();
    }

    /** Blank lines are no rows. Characters between a closing quote and the separator belong to the cell. */
    @SuppressWarnings("removal") // there is no other way yet to go on behind such a cell
    public static CsvReaderBuilder format(char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(2 * LONGEST_CELL); // it has more than the cell
    }

    /** None at the end. Fails with {@link UnreadableFile} once the rows before the unreadable one have been given out. */
    public List<CsvRecord> next(int most) {
        var batch = new ArrayList<CsvRecord>();
        int characters = 0;
        while (broken == null && batch.size() < most && characters < LARGEST_BATCH && hasNext()) {
            var row = take();
            if (row != null) {
                batch.add(row);
                characters += row.getFields().stream().mapToInt(String::length).sum();
            }
        }
        if (batch.isEmpty() && broken != null) {
            throw broken;
        }
        read += batch.size();
        return batch;
    }

    public int skip(int count) {
        int skipped = 0;
        while (skipped < count) {
            int some = next(Math.min(500, count - skipped)).size();
            if (some == 0) {
                return skipped;
            }
            skipped += some;
        }
        return skipped;
    }

    /** How many there are, if all can be read; else how many can be. */
    public int count() {
        try {
            while (!next(500).isEmpty()) {
                // they are counted
            }
        } catch (UnreadableFile end) {
            return read + 1;
        }
        return read;
    }

    private boolean hasNext() {
        try {
            return rows.hasNext();
        } catch (CsvParseException unreadable) {
            broken = unreadable(unreadable);
            return false;
        }
    }

    private @Nullable CsvRecord take() {
        try {
            return rows.next();
        } catch (CsvParseException unreadable) {
            broken = unreadable(unreadable);
            return null;
        }
    }

    private static UnreadableFile unreadable(CsvParseException failure) {
        var line = LINE.matcher(String.valueOf(failure.getMessage()));
        return new UnreadableFile(line.find() ? Integer.parseInt(line.group(1)) : 1);
    }
}
