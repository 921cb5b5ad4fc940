package io.switchboard.voice.delivery;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.text.CleanText;
import io.switchboard.kit.work.ClaimLoop;
import io.switchboard.kit.work.LeasedWork;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Claims deliveries that are due and sends many at once, few of an organization, fewer to one receiver. */
@ApplicationScoped
class DeliveryWorker implements LeasedWork<ClaimedDelivery> {
    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);

    /** Notified after commits that have put events on their way. */
    private static final String QUEUE = "subscription-deliveries";

    private static final int CONCURRENCY = 64;
    private static final int EACH_ORGANIZATION = 8;
    private static final int EACH_SUBSCRIPTION = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** For storing an outcome: what is left of the lease after the longest try. */
    private static final Duration STORED_WITHIN = Duration.ofSeconds(20);

    private final DeliveryQueue queue;
    private final DeliverySender sender;
    private final PgNotifications notifications;
    private final ClaimLoop<ClaimedDelivery> loop;

    DeliveryWorker(
            DeliveryQueue queue,
            DeliverySender sender,
            PgNotifications notifications,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.deliveries.poll", defaultValue = "1s") Duration poll) {
        this.queue = queue;
        this.sender = sender;
        this.notifications = notifications;
        this.loop = new ClaimLoop<>(vertx, this, CONCURRENCY, CONCURRENCY, poll);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
        notifications.listen(QUEUE, loop::wake);
    }

    /** Requests that have begun go on while the service drains. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        loop.stop();
    }

    @Override
    public String name() {
        return "Sending of webhooks";
    }

    @Override
    public Object owner(ClaimedDelivery delivery) {
        return delivery.orgId();
    }

    @Override
    public Uni<List<ClaimedDelivery>> claim(int atMost, List<ClaimedDelivery> held) {
        return queue.claim(held, atMost, EACH_ORGANIZATION, EACH_SUBSCRIPTION);
    }

    @Override
    public Uni<?> release(List<ClaimedDelivery> deliveries) {
        return queue.release(deliveries);
    }

    /** The place is free for the next delivery to the same receiver, whatever the others do. */
    @Override
    public Uni<?> run(ClaimedDelivery delivery) {
        return sender.send(delivery)
                .chain(result -> store(delivery, result))
                .onTermination()
                .invoke(loop::wake);
    }

    /** Tries for a while, since the database may be away; else the delivery is sent again when its lease ends. */
    private Uni<?> store(ClaimedDelivery delivery, DeliveryResult result) {
        return Uni.createFrom()
                .deferred(() -> queue.finish(delivery, result))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(STORED_WITHIN.toMillis())
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "The outcome of delivery %s was not stored: %s",
                        delivery.id(), CleanText.line(failure.getMessage())))
                .onFailure()
                .recoverWithNull(); // one delivery holds up no other
    }
}
