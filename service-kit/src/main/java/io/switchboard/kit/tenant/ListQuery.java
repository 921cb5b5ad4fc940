package io.switchboard.kit.tenant;

import io.switchboard.kit.http.Page;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a list with its values: a fixed select, the conditions of filters, and the page that is asked for. In what is
 * added a {@code ?} stands for the next value. Words of an enum belong into the text as literals: under row level security only
 * a literal finds its partial index.
 *
 * <p>An index has the rows in the list's order, unless the list is {@link #sorted}: see {@link #IN_ORDER}.
 */
public final class ListQuery {
    /**
     * Settings of the transaction of a list that is in order. The planner guesses from averages how many rows an organization, a
     * user or a contact has. Where there are many of them it comes to a single row, takes any index that finds it, and sorts:
     * for one with 100,000 rows, all of them for each page. So it may not sort. It makes a sort dear; such a dear statement would
     * be compiled, which no page is worth.
     */
    public static final String IN_ORDER = "set_config('enable_sort', 'off', true), set_config('jit', 'off', true)";

    private static final Pattern FOUND = Pattern.compile(" (=|in) \\(select\\b");

    private final StringBuilder text = new StringBuilder();
    private final Tuple args = Tuple.tuple();
    private final Page page;
    private boolean isInOrder = true;
    private boolean isMerged;

    /** @param select with its conditions so far, whose values are {@code $1} and so on */
    public ListQuery(Page page, String select, @Nullable Object... values) {
        this.page = page;
        text.append(select);
        for (var value : values) {
            args.addValue(value);
        }
    }

    /** A list that a function returns. It takes the time and the id of the cursor, null on the first page, and a number of rows. */
    public static ListQuery ofFunction(Page page, String select) {
        var after = page.after();
        return after == null
                ? new ListQuery(page, select, null, null, page.rows())
                : new ListQuery(page, select, after.time(), after.id(), page.rows());
    }

    /** Where the rows are found by a sub-select, and not by an index of the list's order, the list is {@link #sorted}. */
    public ListQuery append(String more, @Nullable Object... values) {
        isInOrder &= !FOUND.matcher(more).find();
        var parts = more.split("\\?", -1);
        if (parts.length != values.length + 1) {
            throw new IllegalArgumentException("Give a value for each ? of: " + more);
        }
        text.append(parts[0]);
        for (int i = 0; i < values.length; i++) {
            text.append(value(values[i])).append(parts[i + 1]);
        }
        return this;
    }

    public ListQuery and(String condition, @Nullable Object... values) {
        return append(" and " + condition, values);
    }

    /** For rows that no index has in the list's order; there had better be few. */
    public ListQuery sorted() {
        isInOrder = false;
        return this;
    }

    /** For several lists, each in the order of an index, whose pages are put into one order: only those few rows are sorted. */
    public ListQuery merged() {
        isMerged = true;
        return this;
    }

    /** Adds the condition on the value, if there is one. */
    public ListQuery andIfGiven(String condition, @Nullable Object value) {
        return value == null ? this : and(condition, value);
    }

    /** Ends the statement, by {@code created_at} and {@code id}. */
    public ListQuery newestFirst() {
        return newestFirst("created_at", "id");
    }

    /** Ends the statement. An index must have the two columns in this order. */
    public ListQuery newestFirst(String time, String id) {
        return after(time, id).ordered(time + " desc, " + id + " desc");
    }

    /** Ends the statement, by ids that are UUIDs of version 7 and so tell the time. */
    public ListQuery newestFirstById() {
        return afterId().ordered("id desc");
    }

    /** Adds the condition on the ids that come after the cursor's, newest first. */
    public ListQuery afterId() {
        var after = page.after();
        return after == null ? this : and("id < ?", after.id());
    }

    /** Adds the condition on the rows that come after the cursor, newest first. */
    public ListQuery after(String time, String id) {
        var after = page.after();
        return after == null ? this : and("(" + time + ", " + id + ") < (?, ?)", after.time(), after.id());
    }

    /** Ends the statement, in an order whose cursor is a condition already. */
    public ListQuery ordered(String orderBy) {
        return append(" order by " + orderBy + " limit ?", page.rows());
    }

    /**
     * Ends the statement as several lists in one order, merged. Each condition has an index of its own, which one with an
     * {@code or} would not reach.
     */
    public ListQuery orderedForEach(List<String> conditions, String orderBy) {
        var end = " order by " + orderBy + " limit " + value(page.rows());
        var list = text.toString();
        text.setLength(0);
        text.append(conditions.stream()
                .map(condition -> list + " and " + condition + end)
                .collect(Collectors.joining(") union all (", "select * from ((", ")) as merged" + end)));
        return this;
    }

    /** Adds a value, for text of one's own. @return what stands for it */
    public String value(@Nullable Object value) {
        args.addValue(value);
        return "$" + args.size();
    }

    public String text() {
        return text.toString();
    }

    /** Whether its transaction has the settings {@link #IN_ORDER}. */
    public boolean isInOrder() {
        return isInOrder;
    }

    /** Whether its plan may sort all the same. */
    public boolean isMerged() {
        return isMerged;
    }

    public Tuple args() {
        return args;
    }

    Page page() {
        return page;
    }
}
