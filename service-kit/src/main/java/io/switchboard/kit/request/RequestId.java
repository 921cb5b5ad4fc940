package io.switchboard.kit.request;

import io.switchboard.kit.id.UuidV7;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** The id that a request is known by in answers, logs, audit records and further calls: the caller's or a new one. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";

    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private RequestId() {}

    public static String of(RoutingContext context) {
        String known = context.get(HEADER);
        return known == null ? take(context) : known;
    }

    private static String take(RoutingContext context) {
        var sent = GivenHeader.of(context.request(), HEADER);
        var id = sent != null && FIT.matcher(sent).matches()
                ? sent
                : UuidV7.next().toString();
        context.put(HEADER, id);
        context.response().putHeader(HEADER, id);
        MDC.put("requestId", id);
        return id;
    }
}
