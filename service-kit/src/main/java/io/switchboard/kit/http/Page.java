package io.switchboard.kit.http;

import io.switchboard.kit.problem.Problem;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which page of a list is asked for; a parameter of resource methods. */
public class Page {
    private static final int DEFAULT = 50;
    private static final int MOST = 200;

    @QueryParam("limit")
    @Parameter(
            description =
                    "The most items a page has. One of long items may have fewer: there are more while nextCursor is set",
            schema =
                    @Schema(
                            type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "200",
                            defaultValue = "50"))
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Parameter(description = "nextCursor of the page before")
    @Nullable
    String cursor;

    /** A page that the service itself asks a list for. */
    public static Page of(int limit, @Nullable Cursor after) {
        var page = new Page();
        page.limit = Integer.toString(limit);
        page.cursor = after == null ? null : after.encoded();
        return page;
    }

    /** Fails with {@code invalid_limit} outside 1 to 200. */
    public int limit() {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT;
        }
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw Problem.badRequest(
                    "invalid_limit",
                    "limit is a number from 1 to " + MOST + ".",
                    List.of(new Problem.FieldError("limit", "is a number from 1 to " + MOST)));
        }
        return Integer.parseInt(limit);
    }

    /** One more than is shown, so that the last row tells whether there is a next page. */
    public int rows() {
        return limit() + 1;
    }

    /** Null on the first page. */
    public @Nullable Cursor after() {
        return cursor == null || cursor.isEmpty() ? null : Cursor.parse(cursor);
    }
}
