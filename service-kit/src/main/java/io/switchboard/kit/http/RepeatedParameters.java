package io.switchboard.kit.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.switchboard.kit.text.CleanText;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.HashSet;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a query parameter that is given twice: of two filters nothing says which one is meant. */
class RepeatedParameters {
    private static final int MOST_SHOWN = 80;

    private final CurrentVertxRequest current;

    RepeatedParameters(CurrentVertxRequest current) {
        this.current = current;
    }

    /** Fails with {@code invalid_filter}. */
    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        var context = current.getCurrent();
        if (context.request().query() == null) {
            return;
        }
        var seen = new HashSet<String>();
        for (var parameter : context.queryParams()) {
            if (!seen.add(parameter.getKey())) {
                throw Filters.invalid(CleanText.cut(CleanText.of(parameter.getKey()), MOST_SHOWN), "is given twice");
            }
        }
    }
}
