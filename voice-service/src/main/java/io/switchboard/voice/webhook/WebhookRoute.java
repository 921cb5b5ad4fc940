package io.switchboard.voice.webhook;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes the deliveries of providers: verifies the raw bytes, stores their events, and only then answers. A plain route, as
 * nothing that REST brings is needed on the way.
 */
@ApplicationScoped
class WebhookRoute {
    /** One text for every reason, so that nobody learns which endpoints there are. */
    private static final Problem REFUSED = Problem.unauthorized(
            "webhook_not_accepted", "There is no such webhook endpoint, or the signature does not fit it.");

    private final KnownEndpoints endpoints;
    private final RawBodies bodies;
    private final Inbox inbox;
    private final PublicUrl publicUrl;

    WebhookRoute(KnownEndpoints endpoints, RawBodies bodies, Inbox inbox, PublicUrl publicUrl) {
        this.endpoints = endpoints;
        this.bodies = bodies;
        this.inbox = inbox;
        this.publicUrl = publicUrl;
    }

    void register(@Observes Router router) {
        router.post("/webhooks/:provider/:endpointId").handler(this::find);
    }

    private void find(RoutingContext context) {
        var id = uuid(context.pathParam("endpointId"));
        var provider = Providers.named(context.pathParam("provider"));
        if (id == null || provider == null) {
            bodies.read(context, false, body -> ProblemAnswer.send(context, REFUSED));
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

    private void read(RoutingContext context, Provider provider, @Nullable KnownEndpoint endpoint) {
        if (endpoint == null || !endpoint.provider().equals(provider.name())) {
            bodies.read(context, false, body -> ProblemAnswer.send(context, REFUSED));
        } else {
            bodies.read(context, true, body -> verify(context, provider, endpoint, body));
        }
    }

    private void verify(RoutingContext context, Provider provider, KnownEndpoint endpoint, byte[] body) {
        var request = context.request();
        var delivery = new Delivery("POST", publicUrl.of(request.path(), request.query()), request::getHeader, body);
        if (isSigned(provider, delivery, endpoint)) {
            store(context, provider, endpoint, delivery);
            return;
        }
        endpoints
                .findAgain(endpoint)
                .onComplete(
                        now -> {
                            if (now != null && now != endpoint && isSigned(provider, delivery, now)) {
                                store(context, provider, now, delivery);
                            } else {
                                ProblemAnswer.send(context, REFUSED);
                            }
                        },
                        why -> ProblemAnswer.send(context, why));
    }

    private static boolean isSigned(Provider provider, Delivery delivery, KnownEndpoint endpoint) {
        var now = Instant.now();
        return provider.verifies(delivery, endpoint.secrets(now), now);
    }

    private void store(RoutingContext context, Provider provider, KnownEndpoint endpoint, Delivery delivery) {
        var notices = provider.notices(delivery);
        inbox.take(endpoint.id(), notices)
                .onComplete(
                        stored -> answer(context, provider.reply(notices)), why -> ProblemAnswer.send(context, why));
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
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
