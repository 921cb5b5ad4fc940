package io.switchboard.kit.request;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.switchboard.kit.id.UuidV7;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Where a piece of work comes from. The audit log keeps it with each change.
 *
 * @param address an IPv4 or IPv6 literal; null where a worker acts
 * @param userAgent as sent, but short and printable; null if it was not sent
 */
public record Origin(
        String requestId,
        @Nullable String address,
        @Nullable String userAgent) {
    private static final int LONGEST_AGENT = 300;

    /** Of work that no request asked for. */
    public static Origin worker() {
        return worker(UuidV7.next().toString());
    }

    /** Of work that no request waits for any more, known by an id of its own. */
    public static Origin worker(String requestId) {
        return new Origin(requestId, null, null);
    }

    /** Finds the origin of the current request. */
    @ApplicationScoped
    public static class Current {
        private final CurrentVertxRequest request;
        private final ClientAddress addresses;

        Current(CurrentVertxRequest request, ClientAddress addresses) {
            this.request = request;
            this.addresses = addresses;
        }

        public Origin get() {
            return of(request.getCurrent());
        }

        public Origin of(RoutingContext context) {
            var agent = GivenHeader.of(context.request(), HttpHeaders.USER_AGENT);
            return new Origin(RequestId.of(context), addresses.of(context), agent == null ? null : printable(agent));
        }

        private static String printable(String agent) {
            var most = Math.min(agent.length(), LONGEST_AGENT);
            var clean = new StringBuilder(most);
            agent.chars().limit(most).forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
            return clean.toString();
        }
    }
}
