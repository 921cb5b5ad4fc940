package io.switchboard.voice.webhook;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.voice.inbox.Inbox;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.Providers;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.DeliveryLimits;
import io.switchboard.voice.signature.Verdict;
import io.switchboard.voice.webhook.DeliveryReader.ReadDelivery;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Receives providers' deliveries: verifies the raw bytes, stores their events, and only then answers. What asks for something in a
 * call is answered in time, whatever fails. A plain Vert.x route, since it needs nothing of REST.
 */
@ApplicationScoped
class WebhookRoute {
    /** One text for every reason, so that it does not tell which endpoints exist. */
    private static final Problem REFUSED = Problem.unauthorized(
            "webhook_not_accepted", "There is no such webhook endpoint, or the signature does not fit it.");

    private static final Problem METHODS = Problem.methodNotAllowed(List.of("GET", "POST"));
    private static final byte[] NO_BODY = new byte[0];
    private static final String PATH = "/webhooks/:provider/:endpointId";
    private static final String TOOL = PATH + "/tools/:tool";

    private final Providers providers;
    private final EndpointCache endpoints;
    private final Inbox inbox;
    private final PublicUrl publicUrl;
    private final DeliveryReader reader;
    private final PreviousSecretUse previousSecrets;
    private final LiveDeliveries live;

    WebhookRoute(
            Providers providers,
            EndpointCache endpoints,
            Inbox inbox,
            PublicUrl publicUrl,
            DeliveryReader reader,
            PreviousSecretUse previousSecrets,
            LiveDeliveries live) {
        this.providers = providers;
        this.endpoints = endpoints;
        this.inbox = inbox;
        this.publicUrl = publicUrl;
        this.reader = reader;
        this.previousSecrets = previousSecrets;
        this.live = live;
    }

    void register(@Observes Router router) {
        for (var path : List.of(PATH, PATH + "/")) {
            router.post(path).handler(this::find);
            router.get(path).handler(this::find);
            router.head(path).handler(context -> ProblemAnswer.send(context, METHODS)); // no delivery, unlike a GET
        }
        for (var path : List.of(TOOL, TOOL + "/")) {
            router.post(path).handler(this::find);
        }
    }

    private void find(RoutingContext context) {
        var id = uuid(context.pathParam("endpointId"));
        var provider = providers.named(context.pathParam("provider"));
        if (provider == null || !provider.accepts(context.request().method().name())) {
            RawBodies.drop(context, DeliveryLimits.MOST_BYTES, () -> ProblemAnswer.send(context, REFUSED));
            return;
        }
        if (id == null) {
            read(context, provider, null);
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
            var delivery = delivery(request, url, NO_BODY);
            var verdict = provider.verify(delivery, Credentials.NONE, Instant.now());
            RawBodies.drop(context, most, () -> refuse(context, verdict));
        } else {
            RawBodies.read(
                    context,
                    endpoint.id(),
                    most,
                    body -> verify(context, provider, endpoint, delivery(request, url, body), System.nanoTime()));
        }
    }

    private Delivery delivery(HttpServerRequest request, String url, byte[] body) {
        return new Delivery(request.method().name(), url, request::getHeader, body, reader.limits());
    }

    private static void refuse(RoutingContext context, Verdict verdict) {
        ProblemAnswer.send(context, verdict == Verdict.RETRY ? Problem.unavailable(1) : REFUSED);
    }

    /** @param receivedAt when the last byte had come */
    private void verify(
            RoutingContext context, Provider provider, CachedEndpoint endpoint, Delivery delivery, long receivedAt) {
        reader.read(provider, delivery, endpoint)
                .onComplete(
                        read -> {
                            if (read.verdict().isAccepted()) {
                                store(context, provider, endpoint, read, receivedAt);
                            } else {
                                verifyAgain(context, provider, endpoint, delivery, read.verdict(), receivedAt);
                            }
                        },
                        why -> ProblemAnswer.send(context, why));
    }

    private void verifyAgain(
            RoutingContext context,
            Provider provider,
            CachedEndpoint endpoint,
            Delivery delivery,
            Verdict verdict,
            long receivedAt) {
        endpoints
                .refresh(endpoint)
                .onComplete(
                        now -> {
                            if (now == null || now == endpoint) {
                                refuse(context, verdict);
                            } else {
                                verify(context, provider, now, delivery, receivedAt);
                            }
                        },
                        why -> ProblemAnswer.send(context, why));
    }

    private void store(
            RoutingContext context, Provider provider, CachedEndpoint endpoint, ReadDelivery read, long receivedAt) {
        if (read.verdict() == Verdict.PREVIOUS) {
            previousSecrets.note(endpoint);
        }
        if (read.request() != null) {
            live.answer(context, provider, endpoint, read.request(), read.events(), receivedAt)
                    .onComplete(reply -> answer(context, reply), why -> ProblemAnswer.send(context, why));
            return;
        }
        inbox.store(endpoint.orgId(), endpoint.id(), read.events())
                .onComplete(
                        stored -> answer(context, provider.reply(read.events())),
                        why -> ProblemAnswer.send(context, why));
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
