package io.switchboard.voice.webhook;

import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.answer.Answers;
import io.switchboard.voice.inbox.Inbox;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.provider.ToolDelivery;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Answers deliveries that ask for something. Their events are stored at the same time, but the person on the phone does not wait
 * for that longer than the request's budget, and is answered even if it fails.
 */
@ApplicationScoped
class LiveDeliveries {
    private static final Logger LOG = Logger.getLogger(LiveDeliveries.class);

    private final Answers answers;
    private final Inbox inbox;
    private final Origin.Current origins;
    private final String service;

    LiveDeliveries(
            Answers answers,
            Inbox inbox,
            Origin.Current origins,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.answers = answers;
        this.inbox = inbox;
        this.origins = origins;
        this.service = service;
    }

    /**
     * Never fails.
     *
     * @param receivedAt when the last byte had come, by {@link System#nanoTime}
     */
    Future<Reply> answer(
            RoutingContext context,
            Provider provider,
            CachedEndpoint endpoint,
            AnswerRequest request,
            List<IdentifiedEvent> events,
            long receivedAt) {
        var stored = inbox.store(endpoint.orgId(), endpoint.id(), events);
        var caller = CallerContext.Value.service(endpoint.orgId(), service, origins.of(context));
        var found = answers.answer(caller, provider, request, since(receivedAt)).subscribeAsCompletionStage();
        return Future.fromCompletionStage(found, context.vertx().getOrCreateContext())
                .map(content -> reply(provider, request, content, events))
                .compose(reply -> stored(
                                context.vertx(), stored, request.budget().minus(since(receivedAt)))
                        .map(reply));
    }

    private static Reply reply(
            Provider provider, AnswerRequest request, AnswerContent content, List<IdentifiedEvent> events) {
        try {
            return request instanceof AnswerRequest.Tools tools && tools.isNamedByUrl()
                    ? ToolDelivery.reply(content)
                    : provider.answer(request, content);
        } catch (RuntimeException fault) {
            LOG.errorf(fault, "An answer could not be written");
            return provider.reply(events);
        }
    }

    /** Completes when the events are stored, when that failed, or when no time is left. */
    private static Future<Void> stored(Vertx vertx, Future<Void> stored, Duration left) {
        var done = Promise.<Void>promise();
        stored.onComplete(end -> done.tryComplete());
        if (!stored.isComplete()) {
            var timer = vertx.setTimer(Math.max(1, left.toMillis()), late -> done.tryComplete());
            done.future().onComplete(end -> vertx.cancelTimer(timer));
        }
        return done.future();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
