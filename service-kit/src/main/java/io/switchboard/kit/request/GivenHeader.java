package io.switchboard.kit.request;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** A header's value; an empty header counts as absent. */
public final class GivenHeader {
    private GivenHeader() {}

    public static @Nullable String of(HttpServerRequest request, CharSequence name) {
        return orNull(request.getHeader(name));
    }

    public static @Nullable String orNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
