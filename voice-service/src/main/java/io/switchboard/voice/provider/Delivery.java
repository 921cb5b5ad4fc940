package io.switchboard.voice.provider;

import io.switchboard.kit.request.GivenHeader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of a provider, as it came.
 *
 * @param url the endpoint's public URL as the provider knows it, with the query string that arrived, not decoded
 * @param headers finds a header's value whatever the case of its name
 * @param body the raw bytes, which signatures cover
 * @param limits how much of the body is read
 */
public record Delivery(
        String method, String url, Function<String, @Nullable String> headers, byte[] body, DeliveryLimits limits) {
    /** Null when it is missing or empty. */
    @Nullable
    public String header(String name) {
        return GivenHeader.orNull(headers.apply(name));
    }

    public boolean isGet() {
        return method.equals("GET");
    }

    /** Without the question mark; empty when there is none. */
    public String query() {
        int mark = url.indexOf('?');
        return mark < 0 ? "" : url.substring(mark + 1);
    }
}
