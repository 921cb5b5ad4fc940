package io.switchboard.audit.log;

import io.switchboard.kit.problem.Problem;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What of the log is asked for; a parameter of resource methods. What is not given does not filter. */
public class LogFilter {
    private static final int LONGEST = 400;

    @QueryParam("orgId")
    @Parameter(description = "For operators, who see all organizations unless they name one")
    @Nullable
    String orgId;

    @QueryParam("actorId")
    @Nullable
    String actorId;

    @QueryParam("actorType")
    @Nullable
    String actorType;

    @QueryParam("action")
    @Nullable
    String action;

    @QueryParam("resourceType")
    @Nullable
    String resourceType;

    @QueryParam("resourceId")
    @Nullable
    String resourceId;

    @QueryParam("service")
    @Nullable
    String service;

    @QueryParam("outcome")
    @Nullable
    String outcome;

    @QueryParam("requestId")
    @Nullable
    String requestId;

    @QueryParam("from")
    @Parameter(description = "Occurred then or later; RFC 3339")
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(description = "Occurred before; RFC 3339")
    @Nullable
    String to;

    @QueryParam("q")
    @Parameter(description = "Part of any text of the record, its data included; large and small letters are the same")
    @Nullable
    String q;

    /** Fails with {@code invalid_filter}. */
    @Nullable
    UUID orgId() {
        return parsed("orgId", orgId, UUID::fromString);
    }

    /** Fails with {@code invalid_filter}. */
    @Nullable
    OffsetDateTime from() {
        return parsed("from", from, LogFilter::time);
    }

    /** Fails with {@code invalid_filter}. */
    @Nullable
    OffsetDateTime to() {
        return parsed("to", to, LogFilter::time);
    }

    /** What is asked for, by name. Fails with {@code invalid_filter} where a value is too long to be anybody's. */
    Map<String, String> given() {
        var given = new LinkedHashMap<String, String>();
        put(given, "orgId", orgId);
        put(given, "actorId", actorId);
        put(given, "actorType", actorType);
        put(given, "action", action);
        put(given, "resourceType", resourceType);
        put(given, "resourceId", resourceId);
        put(given, "service", service);
        put(given, "outcome", outcome);
        put(given, "requestId", requestId);
        put(given, "from", from);
        put(given, "to", to);
        put(given, "q", q);
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            if (value.length() > LONGEST) {
                throw invalid(name);
            }
            given.put(name, value);
        }
    }

    private static <T> @Nullable T parsed(String name, @Nullable String value, Function<String, T> parse) {
        try {
            return value == null || value.isEmpty() ? null : parse.apply(value);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid(name);
        }
    }

    private static OffsetDateTime time(String text) {
        var time = OffsetDateTime.parse(text);
        if (time.getYear() < 0 || time.getYear() > 9999) {
            throw new DateTimeException("RFC 3339 has years of four digits");
        }
        return time;
    }

    private static Problem invalid(String name) {
        return Problem.badRequest(
                "invalid_filter",
                "The filter '" + name + "' cannot be read.",
                List.of(new Problem.FieldError(name, "cannot be read")));
    }
}
