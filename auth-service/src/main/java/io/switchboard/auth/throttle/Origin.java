package io.switchboard.auth.throttle;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.switchboard.kit.request.ClientAddress;
import io.switchboard.kit.request.RequestId;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Where a request comes from; remembered with what comes of it. */
public record Origin(String address, @Nullable String userAgent, String requestId) {

    /** Tells the origin of the request at hand. */
    @ApplicationScoped
    public static class Current {
        private static final int LONGEST_AGENT = 300;

        private final CurrentVertxRequest request;
        private final ClientAddress addresses;

        Current(CurrentVertxRequest request, ClientAddress addresses) {
            this.request = request;
            this.addresses = addresses;
        }

        public Origin get() {
            var context = request.getCurrent();
            var agent = context.request().getHeader(HttpHeaders.USER_AGENT);
            return new Origin(addresses.of(context), agent == null ? null : printable(agent), RequestId.of(context));
        }

        private static String printable(String agent) {
            var clean = agent.replaceAll("\\p{Cntrl}", "?");
            return clean.length() > LONGEST_AGENT ? clean.substring(0, LONGEST_AGENT) : clean;
        }
    }
}
