package io.switchboard.voice.signature;

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
    private static final String BEARER = "Bearer ";

    /** Null when it is missing or empty. */
    @Nullable
    public String header(String name) {
        return GivenHeader.orNull(headers.apply(name));
    }

    public boolean isGet() {
        return method.equals("GET");
    }

    /** The token of the {@code Authorization} header; null without one. */
    @Nullable
    public String bearerToken() {
        String authorization = header("Authorization");
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }

    /** The parameters of a form: the query of a GET, else the body. A POST's query is the tenant's own and tells nothing. */
    public byte[] parameters() {
        return isGet() ? Signature.utf8(query()) : body;
    }

    /** Whether there are more parameters than the limits admit. */
    public boolean hasTooManyParameters() {
        return Form.fields(parameters()) > limits.formFields();
    }

    /** The endpoint's URL, without a query. */
    public String endpointUrl() {
        int mark = url.indexOf('?');
        return mark < 0 ? url : url.substring(0, mark);
    }

    /** Without the question mark; empty when there is none. */
    public String query() {
        int mark = url.indexOf('?');
        return mark < 0 ? "" : url.substring(mark + 1);
    }
}
