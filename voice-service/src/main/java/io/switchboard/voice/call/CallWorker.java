package io.switchboard.voice.call;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.work.Backoff;
import io.switchboard.kit.work.ClaimLoop;
import io.switchboard.kit.work.Work;
import io.switchboard.voice.inbox.Claim;
import io.switchboard.voice.inbox.EventQueue;
import io.switchboard.voice.inbox.LeaseLost;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Takes events from the queue and works on several at once, each of another call; one worker in every replica. */
@ApplicationScoped
class CallWorker implements Work<Claim> {
    private static final Logger LOG = Logger.getLogger(CallWorker.class);
    private static final int CONCURRENCY = 8;
    private static final int CAPACITY = 16;

    /** Of tenants that press, a few at each poll: enough to go on, too few to be in the way of storing more. */
    private static final int FEW = 4;

    private static final int MOST_TRIES = 8;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration LAST_BACK_OFF = Duration.ofSeconds(2);
    private static final long LEASE_MILLIS = 25_000;

    private final EventQueue queue;
    private final CallEventHandler work;
    private final Vertx vertx;
    private final Duration poll;
    private final Backoff retries;
    private final ClaimLoop<Claim> loop;
    private final CrmBackoff patience = new CrmBackoff();
    private volatile long pressedUntil = System.nanoTime();

    CallWorker(
            EventQueue queue,
            CallEventHandler work,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.webhooks.poll", defaultValue = "1s") Duration poll,
            @ConfigProperty(name = "switchboard.webhooks.retry-base", defaultValue = "5s") Duration retryBase) {
        this.queue = queue;
        this.work = work;
        this.vertx = vertx;
        this.poll = poll;
        this.retries = new Backoff(retryBase, LONGEST_WAIT);
        this.loop = new ClaimLoop<>(vertx, this, CONCURRENCY, CAPACITY, poll);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
        queue.listen(loop::wake);
    }

    /** What has begun goes on while the service drains; what has not is given back. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        loop.stop();
    }

    @Override
    public String name() {
        return "Work on webhook events";
    }

    @Override
    public Object owner(Claim claim) {
        return claim.orgId();
    }

    @Override
    public Uni<List<Claim>> claim(int atMost, List<Claim> held) {
        var pressing = queue.pressing();
        int room = atMost;
        if (!pressing.isEmpty() && System.nanoTime() - pressedUntil >= 0) {
            pressedUntil = System.nanoTime() + poll.toNanos();
            pressing = Set.of();
            room = Math.min(FEW, atMost);
        }
        var tenants = held.stream().map(Claim::orgId).toList();
        return queue.claim(room, Math.max(1, room / 4), pressing, patience.away(), tenants, CAPACITY);
    }

    @Override
    public Uni<?> release(List<Claim> claims) {
        return queue.release(claims);
    }

    @Override
    public Uni<?> run(Claim claim) {
        return Uni.createFrom()
                .deferred(() -> work.on(claim, patience.isAway(claim.orgId())))
                .invoke(told -> answered(claim, told))
                .onFailure()
                .recoverWithUni(failure -> failed(claim, failure));
    }

    private void answered(Claim claim, boolean told) {
        if (told) {
            patience.answered(claim.orgId());
        }
    }

    /** Where the database was what failed, it may take a moment to be told; after that the lease is over anyway. */
    private Uni<Boolean> failed(Claim claim, Throwable failure) {
        return Uni.createFrom()
                .deferred(() -> outcome(claim, failure).replaceWith(false))
                .onFailure()
                .retry()
                .withBackOff(FIRST_BACK_OFF, LAST_BACK_OFF)
                .expireIn(LEASE_MILLIS);
    }

    private Uni<?> outcome(Claim claim, Throwable failure) {
        var caller = CallEventHandler.tenant(claim);
        if (failure instanceof LeaseLost) {
            return Uni.createFrom().voidItem();
        }
        if (failure instanceof PeerAway) {
            var wait = patience.failed(claim.orgId());
            vertx.setTimer(Math.max(1, wait.toMillis()), again -> loop.wake());
            return queue.postpone(caller, claim);
        }
        LOG.infof(
                "Webhook event %s failed, try %d of %d: %s",
                claim.id(), claim.tries(), MOST_TRIES, EventFault.kind(failure));
        return noted(caller, claim, EventFault.of(failure));
    }

    private Uni<?> noted(CallerContext caller, Claim claim, EventFault fault) {
        if (fault.isFinal() && claim.mayHaveFollowers()) {
            return queue.retry(caller, claim, fault.reason(), Duration.ZERO); // alone, as it may be another one's fault
        }
        return fault.isFinal() || claim.tries() >= MOST_TRIES
                ? queue.bury(caller, claim, fault.reason())
                : queue.retry(caller, claim, fault.reason(), retries.after(claim.tries()));
    }
}
