package io.switchboard.voice.webhook;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.voice.inbox.Inbox;
import io.switchboard.voice.provider.Delivery;
import io.switchboard.voice.provider.DeliveryLimits;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.Providers;
import io.switchboard.voice.provider.Reply;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Receives providers' deliveries: verifies the raw bytes, stores their events, and only then answers. A plain Vert.x route,
 * since it needs nothing of REST.
 */
@ApplicationScoped
class WebhookRoute {
    /** One text for every reason, so that it does not tell which endpoints exist. */
    private static final Problem REFUSED = Problem.unauthorized(
            "webhook_not_accepted", "There is no such webhook endpoint, or the signature does not fit it.");

    private final EndpointCache endpoints;
    private final Inbox inbox;
    private final PublicUrl publicUrl;
    private final DeliveryReader reader;

    WebhookRoute(EndpointCache endpoints, Inbox inbox, PublicUrl publicUrl, DeliveryReader reader) {
        this.endpoints = endpoints;
        this.inbox = inbox;
        this.publicUrl = publicUrl;
        this.reader = reader;
    }

    void register(@Observes Router router) {
        router.post("/webhooks/:provider/:endpointId").handler(this::find);
        router.post("/webhooks/:provider/:endpointId/").handler(this::find);
    }

    private void find(RoutingContext context) {
        var id = uuid(context.pathParam("endpointId"));
        var provider = Providers.named(context.pathParam("provider"));
        if (id == null || provider == null) {
            refuse(context, DeliveryLimits.MOST_BYTES);
            return;
        }
        var found = endpoints.find(id);
        if (found.isComplete()) {
            found.onComplete(endpoint -> read(context, provider, endpoint), why -> ProblemAnswer.send(context, why));
            return;
        }
        context.request().pause();
        var here = context.vertx().getOrCreateContext();
        found.onComplete(
                endpoint -> here.runOnContext(go -> read(context, provider, endpoint)),
                why -> here.runOnContext(go -> {
                    context.request().resume();
                    ProblemAnswer.send(context, why);
                }));
    }

    /** The same limit for unknown endpoints, so that a 413 does not tell which exist. */
    private void read(RoutingContext context, Provider provider, @Nullable CachedEndpoint endpoint) {
        var request = context.request();
        var url = publicUrl.of(request.path(), request.query());
        var most = provider.mostBytes(url, request.getHeader(HttpHeaders.CONTENT_TYPE), reader.limits());
        if (endpoint == null || !endpoint.provider().equals(provider.name())) {
            refuse(context, most);
        } else {
            RawBodies.read(context, endpoint.id(), most, body -> {
                var delivery = new Delivery("POST", url, request::getHeader, body, reader.limits());
                verify(context, provider, endpoint, delivery);
            });
        }
    }

    private void refuse(RoutingContext context, int most) {
        RawBodies.drop(context, most, () -> ProblemAnswer.send(context, REFUSED));
    }

    private void verify(RoutingContext context, Provider provider, CachedEndpoint endpoint, Delivery delivery) {
        reader.read(provider, delivery, endpoint)
                .onComplete(
                        events -> {
                            if (events == null) {
                                verifyAgain(context, provider, endpoint, delivery);
                            } else {
                                store(context, provider, endpoint, events);
                            }
                        },
                        why -> ProblemAnswer.send(context, why));
    }

    private void verifyAgain(RoutingContext context, Provider provider, CachedEndpoint endpoint, Delivery delivery) {
        endpoints
                .refresh(endpoint)
                .onComplete(
                        now -> {
                            if (now == null || now == endpoint) {
                                ProblemAnswer.send(context, REFUSED);
                            } else {
                                verify(context, provider, now, delivery);
                            }
                        },
                        why -> ProblemAnswer.send(context, why));
    }

    private void store(
            RoutingContext context, Provider provider, CachedEndpoint endpoint, List<IdentifiedEvent> events) {
        inbox.store(endpoint.orgId(), endpoint.id(), events)
                .onComplete(stored -> answer(context, provider.reply(events)), why -> ProblemAnswer.send(context, why));
    }

    private static void answer(RoutingContext context, Reply reply) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (reply.contentType() != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType());
        }
        response.end(reply.body());
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
