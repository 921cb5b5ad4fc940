package io.switchboard.kit.access;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bodies an operation takes: JSON of the usual size, unless its line says {@code body=TYPE,TYPE:SIZE}.
 *
 * @param types such as {@code text/csv}; {@code json} is JSON of any kind, {@code *} is everything
 * @param limit in bytes; 0 for the usual one
 */
record BodyRule(List<String> types, long limit) {
    static final BodyRule JSON = new BodyRule(List.of("json"), 0);

    /** What the front holds of a body until it is whole. A larger one reaches the operation while it comes in. */
    private static final long LARGEST_HELD = 6L << 20;

    private static final Pattern JSON_TYPE = Pattern.compile("application/([a-z0-9.-]+\\+)?json");
    private static final Pattern FORM = Pattern.compile("([^:]+)(?::(\\d+)([KM]))?");

    static BodyRule of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not 'body=TYPE,TYPE:SIZE' with a size such as 25M: " + text);
        }
        var unit = "K".equals(parts.group(3)) ? 1L << 10 : 1L << 20;
        var limit = parts.group(2) == null ? 0 : Long.parseLong(parts.group(2)) * unit;
        return new BodyRule(Arrays.asList(parts.group(1).split(",")), limit);
    }

    boolean isPassedOn() {
        return limit > LARGEST_HELD;
    }

    /** An empty body has no type that could be wrong; the operation decides whether a body is required. */
    boolean allows(MultiMap headers) {
        return isEmpty(headers) || takes(headers.get(HttpHeaders.CONTENT_TYPE));
    }

    boolean takesJson() {
        return types.contains("json");
    }

    static boolean isEmpty(MultiMap headers) {
        var length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return (length == null || length.equals("0")) && !headers.contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private boolean takes(@Nullable String sent) {
        var type = sent == null ? "" : sent.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return types.contains("*")
                || types.contains(type)
                || takesJson() && JSON_TYPE.matcher(type).matches();
    }
}
