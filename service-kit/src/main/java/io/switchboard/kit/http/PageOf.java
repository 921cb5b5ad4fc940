package io.switchboard.kit.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PageOf<T>(List<T> items, @Nullable String nextCursor) {

    /** Cuts what {@link Page#rows()} fetched to the page, and names where the next one begins. */
    public static <T> PageOf<T> of(List<T> rows, Page page, Function<T, Cursor> cursor) {
        if (rows.size() <= page.limit()) {
            return new PageOf<>(rows, null);
        }
        var items = rows.subList(0, page.limit());
        return new PageOf<>(items, cursor.apply(items.get(items.size() - 1)).encoded());
    }
}
