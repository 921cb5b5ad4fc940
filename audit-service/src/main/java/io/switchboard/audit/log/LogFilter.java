package io.switchboard.audit.log;

import io.switchboard.kit.http.Filters;
import jakarta.ws.rs.QueryParam;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The filters of the log; a parameter of resource methods. */
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

    /** @param parameter the value of the query's parameter of a name, null if it is not given */
    public static LogFilter of(Function<String, @Nullable String> parameter) {
        var filter = new LogFilter();
        filter.orgId = parameter.apply("orgId");
        filter.actorId = parameter.apply("actorId");
        filter.actorType = parameter.apply("actorType");
        filter.action = parameter.apply("action");
        filter.resourceType = parameter.apply("resourceType");
        filter.resourceId = parameter.apply("resourceId");
        filter.service = parameter.apply("service");
        filter.outcome = parameter.apply("outcome");
        filter.requestId = parameter.apply("requestId");
        filter.from = parameter.apply("from");
        filter.to = parameter.apply("to");
        filter.q = parameter.apply("q");
        return filter;
    }

    /** Fails with {@code invalid_filter}. */
    public void check() {
        orgId();
        from();
        to();
        given();
    }

    /** Fails with {@code invalid_filter}. */
    public @Nullable UUID orgId() {
        return Filters.uuid("orgId", orgId);
    }

    /** Fails with {@code invalid_filter}. */
    @Nullable
    OffsetDateTime from() {
        return Filters.time("from", from);
    }

    /** Fails with {@code invalid_filter}. */
    @Nullable
    OffsetDateTime to() {
        return Filters.time("to", to);
    }

    /** The given filters by name. Fails with {@code invalid_filter} if a value is too long. */
    public Map<String, String> given() {
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
        var text = Filters.text(name, value, LONGEST);
        if (text != null) {
            given.put(name, text);
        }
    }
}
