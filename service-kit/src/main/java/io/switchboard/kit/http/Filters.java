package io.switchboard.kit.http;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.value.Times;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads query parameters. An empty one is as good as absent; a blank before digits was a plus sign that was not encoded. All
 * fail with {@code invalid_filter}, which names the parameter.
 */
public final class Filters {
    private static final int LONGEST = 255;

    /** A country code never begins with 0. */
    private static final Pattern LOST_PLUS = Pattern.compile("^ (?=[1-9])");

    private static final Pattern LOST_OFFSET = Pattern.compile(" (?=\\d\\d(?::?\\d\\d)?$)");

    /** Such as {@code 2026-06-01 02}: 02 is the hour, not an offset. */
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\S*");

    private static final Pattern DAY = Pattern.compile("(?!0000)\\d{4}-\\d\\d-\\d\\d");

    private Filters() {}

    public static @Nullable String text(String field, @Nullable String value) {
        return text(field, value, LONGEST);
    }

    public static @Nullable String text(String field, @Nullable String value, int longest) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > longest) {
            throw invalid(field, "has at most " + longest + " characters");
        }
        return value.strip();
    }

    /** However it is written. */
    public static @Nullable String phone(String field, @Nullable String value) {
        return text(field, value == null ? null : LOST_PLUS.matcher(value).replaceFirst("+"));
    }

    /** RFC 3339, of the years 1 to 9999. */
    public static @Nullable OffsetDateTime time(String field, @Nullable String value) {
        var text = text(field, value);
        if (text == null) {
            return null;
        }
        var time = Times.rfc3339(
                DATE.matcher(text).matches() ? text : LOST_OFFSET.matcher(text).replaceFirst("+"));
        if (time == null) {
            throw invalid(field, "is a time such as 2026-06-01T00:00:00Z");
        }
        return time;
    }

    /** Of the years 1 to 9999. */
    public static @Nullable LocalDate date(String field, @Nullable String value) {
        var text = text(field, value);
        try {
            if (text != null && !DAY.matcher(text).matches()) {
                throw invalid(field, "is a date such as 2026-06-01");
            }
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(field, "is a date such as 2026-06-01");
        }
    }

    public static @Nullable UUID uuid(String field, @Nullable String value) {
        var text = text(field, value);
        try {
            // UUID.fromString also takes shortened ones.
            if (text != null && text.length() != 36) {
                throw invalid(field, "is a UUID");
            }
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw invalid(field, "is a UUID");
        }
    }

    public static @Nullable Boolean flag(String field, @Nullable String value) {
        var text = text(field, value);
        if (text == null) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw invalid(field, "is true or false");
        }
        return Boolean.valueOf(text);
    }

    /** @param rule what the parameter is or has, as the end of a sentence */
    public static Problem invalid(String field, String rule) {
        return Problem.badRequest(
                "invalid_filter", field + " " + rule + ".", List.of(new Problem.FieldError(field, rule)));
    }

    /** A query parameter of a plain Vert.x route, null without one. Fails with {@code invalid_filter} if it is given twice. */
    public static @Nullable String parameter(RoutingContext context, String name) {
        var given = context.queryParam(name);
        if (given.size() > 1) {
            throw invalid(name, "is given once");
        }
        return given.isEmpty() ? null : given.get(0);
    }
}
