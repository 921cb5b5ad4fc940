package io.switchboard.kit.tenant;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The first rows of a list that fit into an answer.
 *
 * @param isCut whether the list has more, which did not fit
 */
public record BoundedRows<T>(List<T> rows, boolean isCut) {
    /** The bytes of a row without its long texts: its other columns and, in JSON, their names. */
    private static final int REST_BYTES = 600;

    /**
     * The database counts, so that rows that do not fit are not even sent; the first row always is. It knows the lengths of texts
     * without reading them.
     *
     * @param longTexts the columns, or expressions on them, that may have more than a few hundred bytes
     */
    static String statement(String list, int mostBytes, List<String> longTexts) {
        var bytes = longTexts.stream()
                .map(text -> " + coalesce(octet_length(" + text + "), 0)")
                .collect(Collectors.joining("", String.valueOf(REST_BYTES), ""));
        return "select * from (select listed.*, row_number() over so_far as listed_row, sum(" + bytes
                + ") over so_far as listed_bytes, lead(true) over so_far as listed_more from (" + list
                + ") as listed window so_far as (rows unbounded preceding)) as counted"
                + " where listed_row = 1 or listed_bytes <= " + mostBytes;
    }

    static <T> BoundedRows<T> of(RowSet<Row> found, Function<Row, T> shape) {
        var rows = new ArrayList<T>(found.size());
        boolean isCut = false;
        for (var row : found) {
            rows.add(shape.apply(row));
            isCut = row.getBoolean("listed_more") != null;
        }
        return new BoundedRows<>(rows, isCut);
    }

    /** @param limit of the statement */
    public boolean mayGoOn(int limit) {
        return isCut || rows.size() >= limit;
    }

    public T last() {
        return rows.get(rows.size() - 1);
    }

    /** As {@link PageOf#of}, ended earlier where the rows are cut. */
    public PageOf<T> page(Page page, Function<T, Cursor> cursor) {
        return isCut && rows.size() <= page.limit()
                ? new PageOf<>(rows, cursor.apply(rows.get(rows.size() - 1)).encoded())
                : PageOf.of(rows, page, cursor);
    }
}
