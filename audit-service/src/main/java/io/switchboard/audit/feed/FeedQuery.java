package io.switchboard.audit.feed;

import io.switchboard.kit.http.Filters;
import io.switchboard.kit.problem.Problem;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of the feed is asked for; a parameter of resource methods. */
public class FeedQuery {
    static final String MARK = "\"feed\": true";

    private static final int DEFAULT = 100;
    static final int MOST = 1_000;
    private static final int LONGEST_WAIT = 20;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    @QueryParam("orgId")
    @Parameter(description = "For operators; their own organization unless they name one")
    @Nullable
    String orgId;

    @QueryParam("after")
    @Parameter(
            description = "The sequence of the last record received; without it the feed begins with the first one",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
    @Nullable
    String after;

    @QueryParam("limit")
    @Parameter(
            description = "The most records; long ones may be fewer, so go on until there are none",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
    @Nullable
    String limit;

    @QueryParam("wait")
    @Parameter(
            description = "For how many seconds to wait for a record where there is none yet",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "20", defaultValue = "0"))
    @Nullable
    String wait;

    /** The first sequence to show. Fails with {@code invalid_filter}. */
    long from() {
        if (after == null || after.isBlank()) {
            return 0;
        }
        if (!NUMBER.matcher(after.strip()).matches()) {
            throw Filters.invalid("after", "is the sequence of a record");
        }
        return Long.parseLong(after.strip()) + 1;
    }

    /** Fails with {@code invalid_limit}. */
    int limit() {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT;
        }
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            var rule = "is a number from 1 to " + MOST;
            throw Problem.badRequest(
                    "invalid_limit", "limit " + rule + ".", List.of(new Problem.FieldError("limit", rule)));
        }
        return Integer.parseInt(limit);
    }

    /** Fails with {@code invalid_filter}. */
    Duration patience() {
        if (wait == null || wait.isBlank()) {
            return Duration.ZERO;
        }
        if (!wait.strip().matches("[0-9]{1,2}") || Integer.parseInt(wait.strip()) > LONGEST_WAIT) {
            throw Filters.invalid("wait", "is a number of seconds from 0 to " + LONGEST_WAIT);
        }
        return Duration.ofSeconds(Integer.parseInt(wait.strip()));
    }
}
