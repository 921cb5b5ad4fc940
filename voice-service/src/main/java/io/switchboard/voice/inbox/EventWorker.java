package io.switchboard.voice.inbox;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.work.ClaimLoop;
import io.switchboard.kit.work.LeasedWork;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Claims events and works on several at once, each of another call; one worker in every replica. */
@ApplicationScoped
class EventWorker implements LeasedWork<Claim> {
    private static final String QUEUE = "inbox";
    private static final int CONCURRENCY = 8;
    private static final int CAPACITY = 16;

    /** How many events of pressing tenants are claimed at each poll: enough to go on, too few to slow storing down. */
    private static final int FEW = 4;

    private final EventQueue queue;
    private final EventProcessor processor;
    private final PgNotifications notifications;
    private final Duration poll;
    private final ClaimLoop<Claim> loop;
    private final LoadMeter load = new LoadMeter();
    private volatile long pressedUntil = System.nanoTime();

    EventWorker(
            EventQueue queue,
            EventProcessor processor,
            PgNotifications notifications,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.webhooks.poll", defaultValue = "1s") Duration poll) {
        this.queue = queue;
        this.processor = processor;
        this.notifications = notifications;
        this.poll = poll;
        this.loop = new ClaimLoop<>(vertx, this, CONCURRENCY, CAPACITY, poll);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
        notifications.listen(QUEUE, loop::wake);
    }

    /** Events that have begun go on while the service drains; the others are given back. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        loop.stop();
    }

    /** To be called after a commit that made events due: wakes this worker and those of other replicas. */
    void wake() {
        loop.wake();
        notifications.sendToOthers(QUEUE);
    }

    /** As {@link #wake}, but events of tenants that press wait for the next poll. @param tenants of each delivery in a commit */
    void wakeFor(List<UUID> tenants) {
        load.committed(tenants);
        if (!load.pressing().containsAll(tenants)) {
            wake();
        }
    }

    @Override
    public String name() {
        return "Work on webhook events";
    }

    @Override
    public Object owner(Claim claim) {
        return claim.orgId();
    }

    /** Storing comes first: a delivery that is not stored is lost, while work on it can be done later. */
    @Override
    public Uni<List<Claim>> claim(int atMost, List<Claim> held) {
        var pressing = load.pressing();
        int room = atMost;
        if (!pressing.isEmpty() && System.nanoTime() - pressedUntil >= 0) {
            pressedUntil = System.nanoTime() + poll.toNanos();
            pressing = Set.of();
            room = Math.min(FEW, atMost);
        }
        var tenants = held.stream().map(Claim::orgId).toList();
        return queue.claim(room, Math.max(1, room / 4), pressing, processor.away(), tenants, CAPACITY);
    }

    @Override
    public Uni<?> release(List<Claim> claims) {
        return queue.release(claims);
    }

    @Override
    public Uni<?> run(Claim claim) {
        return processor.process(claim, loop::wake);
    }
}
