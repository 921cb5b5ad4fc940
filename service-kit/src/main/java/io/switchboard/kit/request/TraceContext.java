package io.switchboard.kit.request;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.MultiMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to (W3C Trace Context). It is passed on to peers, never begun here: a request without a valid
 * {@code traceparent} has none.
 *
 * @param flags sampled and random, as they came
 * @param state the {@code tracestate}, unchanged; null if none was sent
 */
public record TraceContext(
        String traceId, int flags, @Nullable String state) {
    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";

    /** Of later versions only the part that version 00 defines is read; ff is no version. */
    private static final Pattern FORM = Pattern.compile(
            "(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(?:-.*)?");

    private static final int DEFINED_FLAGS = 0x03;

    /** Null if there is no {@code traceparent}, more than one, or a malformed one. */
    public static @Nullable TraceContext of(MultiMap headers) {
        var sent = headers.getAll(PARENT);
        var parent = FORM.matcher(sent.size() == 1 ? sent.get(0) : "");
        if (!parent.matches()) {
            return null;
        }
        var state = String.join(",", headers.getAll(STATE));
        var flags = Integer.parseInt(parent.group(2), 16) & DEFINED_FLAGS;
        return new TraceContext(parent.group(1), flags, state.isBlank() ? null : state);
    }

    /** Of the current request; null in a worker, which serves no request. */
    public static @Nullable TraceContext current() {
        var container = Arc.container();
        if (container == null || !container.requestContext().isActive()) {
            return null;
        }
        var context = container.instance(CurrentVertxRequest.class).get().getCurrent();
        return context == null ? null : of(context.request().headers());
    }

    /** The headers of one further request, with a new parent id. */
    public Map<String, String> headers() {
        var headers = new TreeMap<String, String>();
        var parentId = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        var hex = HexFormat.of();
        headers.put(PARENT, "00-" + traceId + "-" + hex.toHexDigits(parentId) + "-" + hex.toHexDigits((byte) flags));
        if (state != null) {
            headers.put(STATE, state);
        }
        return headers;
    }
}
