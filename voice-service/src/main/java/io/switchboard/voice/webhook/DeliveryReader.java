package io.switchboard.voice.webhook;

import io.quarkus.runtime.configuration.MemorySize;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.ToolDelivery;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.DeliveryLimits;
import io.switchboard.voice.signature.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Verifies deliveries and identifies their events: small ones at once, large ones on worker threads. */
@ApplicationScoped
class DeliveryReader {
    private static final int THREADS = 2;

    private final int atOnce;
    private final DeliveryLimits limits;
    private final WorkerExecutor workers;

    DeliveryReader(
            Vertx vertx,
            @ConfigProperty(name = "switchboard.webhooks.max-events", defaultValue = "64") int events,
            @ConfigProperty(name = "switchboard.webhooks.max-form-fields", defaultValue = "300") int formFields,
            @ConfigProperty(name = "switchboard.webhooks.max-form-size", defaultValue = "2M") MemorySize formSize,
            @ConfigProperty(name = "switchboard.webhooks.inline-size", defaultValue = "64K") MemorySize inlineSize) {
        this.atOnce = Math.toIntExact(inlineSize.asLongValue());
        this.limits = new DeliveryLimits(events, formFields, Math.toIntExact(formSize.asLongValue()));
        this.workers = vertx.createSharedWorkerExecutor("large-deliveries", THREADS);
    }

    /**
     * A verified delivery's events; none where it is not accepted.
     *
     * @param request what it asks for; null where it only tells
     */
    record ReadDelivery(
            Verdict verdict,
            List<IdentifiedEvent> events,
            @Nullable AnswerRequest request) {}

    DeliveryLimits limits() {
        return limits;
    }

    Future<ReadDelivery> read(Provider provider, Delivery delivery, CachedEndpoint endpoint) {
        return delivery.body().length <= atOnce
                ? Future.succeededFuture(identify(provider, delivery, endpoint))
                : workers.executeBlocking(() -> identify(provider, delivery, endpoint), false);
    }

    private static ReadDelivery identify(Provider provider, Delivery delivery, CachedEndpoint endpoint) {
        var now = Instant.now();
        var credentials = endpoint.credentials(now);
        var verdict = provider.verify(delivery, credentials, now);
        if (!verdict.isAccepted()) {
            return new ReadDelivery(verdict, List.of(), null);
        }
        var tool = ToolDelivery.tool(delivery);
        if (tool != null) {
            var event = ToolDelivery.identify(delivery, tool);
            return new ReadDelivery(verdict, event.alone(), ToolDelivery.request(delivery, tool));
        }
        var events = provider.identify(delivery, credentials.options());
        return new ReadDelivery(verdict, events, provider.answerRequest(delivery, events, credentials.options()));
    }
}
