package io.switchboard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in Markdown that is readable as text: columns aligned, all but the first few to the right. */
public final class Table {
    private final int leftColumns;
    private final List<String[]> rows = new ArrayList<>();

    public Table(int leftColumns, String... header) {
        this.leftColumns = leftColumns;
        rows.add(header);
    }

    public Table row(String... cells) {
        rows.add(cells);
        return this;
    }

    public String text() {
        int[] widths = IntStream.range(0, rows.get(0).length)
                .map(column -> rows.stream()
                        .mapToInt(row -> row[column].length())
                        .max()
                        .orElse(0))
                .map(width -> Math.max(width, 3))
                .toArray();
        List<String> lines =
                rows.stream().map(row -> line(row, widths)).collect(Collectors.toCollection(ArrayList::new));
        lines.add(1, rule(widths));
        return String.join("\n", lines) + "\n";
    }

    private String line(String[] row, int[] widths) {
        return IntStream.range(0, row.length)
                .mapToObj(i -> pad(row[i], widths[i], i < leftColumns))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private String rule(int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> "-".repeat(widths[i] + 1) + (i < leftColumns ? "-" : ":"))
                .collect(Collectors.joining("|", "|", "|"));
    }

    private static String pad(String cell, int width, boolean left) {
        String space = " ".repeat(width - cell.length());
        return left ? cell + space : space + cell;
    }
}
