package io.switchboard.kit.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.vertx.core.buffer.Buffer;
import java.io.StringWriter;
import java.util.List;

/** Rows as CSV, with cells that spreadsheets do not take for formulas. */
public final class CsvText {
    public static final String MEDIA_TYPE = "text/csv;charset=UTF-8";

    private final StringWriter text = new StringWriter();
    private final CsvWriter writer = CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .bufferSize(0) // the text is a buffer itself
            .build(text);

    public void add(List<String> cells) {
        writer.writeRecord(cells.stream().map(FormulaGuard::guard).toList());
    }

    public Buffer buffer() {
        return Buffer.buffer(text.toString());
    }
}
