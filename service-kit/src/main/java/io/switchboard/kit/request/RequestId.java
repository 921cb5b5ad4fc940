package io.switchboard.kit.request;

import io.switchboard.kit.id.UuidV7;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** The id that a request is known by in answers, logs, audit records and further calls: the caller's or a new one. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";
    public static final String TRACE_HEADER = "traceparent";

    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Pattern TRACE = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestId() {}

    public static String of(RoutingContext context) {
        String known = context.get(HEADER);
        return known == null ? take(context) : known;
    }

    /** The W3C trace context to hand on: the caller's trace, in a span of our own. */
    public static String traceOf(String requestId, String incoming) {
        var trace = TRACE.matcher(incoming).matches() ? incoming.substring(3, 35) : random(16);
        return "00-" + trace + "-" + random(8) + "-01";
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

    private static String random(int bytes) {
        var value = new byte[bytes];
        RANDOM.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
