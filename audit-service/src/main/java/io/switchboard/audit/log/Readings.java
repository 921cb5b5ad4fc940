package io.switchboard.audit.log;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.event.Events;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.Fact;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.request.ClientAddress;
import io.switchboard.kit.tenant.Tenant;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes down who read the log: after the query, before the answer, which fails if this does. */
@ApplicationScoped
class Readings {
    private final Outbox outbox;
    private final Events events;
    private final ClientAddress addresses;

    Readings(Outbox outbox, Events events, ClientAddress addresses) {
        this.outbox = outbox;
        this.events = events;
        this.addresses = addresses;
    }

    Uni<Void> record(Tenant tenant, Fact fact, RoutingContext request) {
        var agent = request.request().getHeader(HttpHeaders.USER_AGENT);
        return events.tell(outbox.event(tenant, fact.from(addresses.of(request), agent), UuidV7.next()));
    }
}
