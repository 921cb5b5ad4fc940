package io.switchboard.voice.call;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.voice.webhook.Claim;
import io.switchboard.voice.webhook.EventQueue;
import io.switchboard.voice.webhook.LeaseLost;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Takes events from the queue and works on several at once, each of another call; one worker in every replica. */
@ApplicationScoped
class CallWorker {
    private static final Logger LOG = Logger.getLogger(CallWorker.class);
    private static final int AT_ONCE = 8;
    private static final int MOST_HELD = 16;

    /** While deliveries press in, a few at each poll: enough to go on, too few to be in their way. */
    private static final int FEW = 4;

    private static final int MOST_TRIES = 8;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration LAST_BACK_OFF = Duration.ofSeconds(2);
    private static final long LEASE_MILLIS = 25_000;

    private final EventQueue queue;
    private final CallWork work;
    private final Vertx vertx;
    private final Duration poll;
    private final Duration retryBase;
    private final Patience patience = new Patience();
    private final Queue<Claim> ready = new ArrayDeque<>();
    private Context context;
    private int running;
    private boolean claiming;
    private boolean waiting;
    private boolean wokenMeanwhile;
    private boolean stopped;
    private long timer;

    CallWorker(
            EventQueue queue,
            CallWork work,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.webhooks.poll", defaultValue = "1s") Duration poll,
            @ConfigProperty(name = "switchboard.webhooks.retry-base", defaultValue = "5s") Duration retryBase) {
        this.queue = queue;
        this.work = work;
        this.vertx = vertx;
        this.poll = poll;
        this.retryBase = retryBase;
    }

    void start(@Observes StartupEvent event) {
        // Of its own: whoever wakes it may be in the middle of a request.
        context = vertx.getOrCreateContext();
        queue.listen(this::wake);
        timer = vertx.setPeriodic(poll.toMillis(), round -> context.runOnContext(now -> claim()));
    }

    /** What has begun goes on while the service drains; what has not is given back. */
    synchronized void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopped = true;
        giveBack();
    }

    void end(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void wake() {
        if (!queue.isPressed()) {
            context.runOnContext(now -> claim());
        }
    }

    private synchronized void claim() {
        var room = (queue.isPressed() ? FEW : MOST_HELD) - running - ready.size();
        if (claiming || stopped || room < FEW) {
            wokenMeanwhile = true; // what ends wakes again
            return;
        }
        claiming = true;
        wokenMeanwhile = false;
        queue.claim(room, room / 2, patience.away()).subscribe().with(this::claimed, this::notClaimed);
    }

    private synchronized void claimed(List<Claim> claims) {
        claiming = false;
        waiting = false;
        ready.addAll(claims);
        if (stopped) {
            giveBack();
            return;
        }
        begin();
        if (wokenMeanwhile) {
            wake();
        }
    }

    /** Said once, however often it is tried. */
    private synchronized void notClaimed(Throwable failure) {
        claiming = false;
        if (!waiting) {
            LOG.warnf("Webhook events wait: %s", failure.getMessage());
        }
        waiting = true;
    }

    private void begin() {
        while (running < AT_ONCE && !ready.isEmpty()) {
            running++;
            var claim = ready.remove();
            attempt(claim).subscribe().with(done -> ended(), failure -> ended());
        }
    }

    /** Further events of the call may wait behind it, so the queue is asked again. */
    private synchronized void ended() {
        running--;
        if (!stopped) {
            begin();
            wake();
        }
    }

    private void giveBack() {
        if (!ready.isEmpty()) {
            queue.release(List.copyOf(ready))
                    .subscribe()
                    .with(released -> {}, failure -> LOG.debugf("Leases run out: %s", failure.getMessage()));
            ready.clear();
        }
    }

    private Uni<?> attempt(Claim claim) {
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
        var tenant = CallWork.tenant(claim);
        if (failure instanceof LeaseLost) {
            return Uni.createFrom().voidItem();
        }
        if (failure instanceof PeerAway) {
            var wait = patience.failed(claim.orgId());
            vertx.setTimer(Math.max(1, wait.toMillis()), again -> wake());
            return queue.postpone(tenant, claim);
        }
        var reason = String.valueOf(failure.getMessage());
        // The reason may quote what was sent: it stands with the event, where only its organization reads it.
        LOG.infof("Webhook event %s failed, try %d of %d", claim.id(), claim.tries(), MOST_TRIES);
        return claim.tries() < MOST_TRIES
                ? queue.retry(tenant, claim, reason, wait(claim.tries()))
                : queue.bury(tenant, claim, reason);
    }

    private Duration wait(int tries) {
        var grown = retryBase.toMillis() << (tries - 1);
        return Patience.jittered(Math.min(LONGEST_WAIT.toMillis(), grown));
    }
}
