package io.switchboard.kit.work;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.text.CleanText;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Claims pieces of work and runs several at once; one loop for each queue in every replica. It claims when it is woken, when
 * enough pieces have ended that others may follow, and at a slow poll, since a wake may be lost. Leases of long pieces are renewed. After a failure
 * it waits.
 */
public final class ClaimLoop<P> {
    private static final Logger LOG = Logger.getLogger(ClaimLoop.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final int LOG_EVERY = 20;

    /** One claim serves all the wakes of so long a moment. */
    private static final long QUIET_NANOS = Duration.ofMillis(25).toNanos();

    private final Vertx vertx;
    private final LeasedWork<P> work;
    private final int concurrency;
    private final int capacity;
    private final Duration poll;
    private final List<P> ready = new ArrayList<>();
    private final List<P> running = new ArrayList<>();
    private Context context;
    private long pollTimer;
    private long renewTimer;
    private boolean claiming;
    private boolean asksAgain;
    private boolean timed;
    private boolean stopped;
    private int endedSince;
    private int failures;
    private long quietUntil = System.nanoTime();
    private long failedUntil = quietUntil;

    /**
     * @param concurrency how many pieces run at once
     * @param capacity how many pieces are leased at once: more than run, so that the next ones are there when one ends
     */
    public ClaimLoop(Vertx vertx, LeasedWork<P> work, int concurrency, int capacity, Duration poll) {
        this.vertx = vertx;
        this.work = work;
        this.concurrency = concurrency;
        this.capacity = capacity;
        this.poll = poll;
    }

    public synchronized void start() {
        // Its own context: a wake may come from the middle of a request.
        context = vertx.getOrCreateContext();
        pollTimer = vertx.setPeriodic(poll.toMillis(), round -> wake());
        var renewal = work.renewEvery();
        if (renewal != null) {
            renewTimer = vertx.setPeriodic(renewal.toMillis(), round -> renew());
        }
        wake();
    }

    /** Running pieces continue, and their leases are renewed; leases of others are given back. */
    public synchronized void stop() {
        stopped = true;
        vertx.cancelTimer(pollTimer);
        release(ready);
        ready.clear();
    }

    /** After {@link #stop}: gives the leases of running pieces back, too, so that other replicas continue them. */
    public synchronized void abandon() {
        vertx.cancelTimer(renewTimer);
        release(running);
    }

    private synchronized void renew() {
        var held = held();
        if (!held.isEmpty()) {
            work.renew(held)
                    .subscribe()
                    .with(
                            renewed -> {},
                            failure ->
                                    LOG.warnf("%s could not renew its leases: %s", work.name(), failure.getMessage()));
        }
    }

    private List<P> held() {
        return Stream.of(running, ready).flatMap(Collection::stream).toList();
    }

    /** Something may be due. */
    public void wake() {
        context.runOnContext(now -> woken());
    }

    private synchronized void woken() {
        claimFrom(Math.max(quietUntil - failedUntil, 0) + failedUntil);
    }

    private synchronized void claimFrom(long nanos) {
        long millis = (nanos - System.nanoTime() + 999_999) / 1_000_000;
        if (millis <= 0) {
            claim();
        } else if (!timed) {
            timed = true;
            vertx.setTimer(millis, round -> context.runOnContext(now -> timeIsUp()));
        }
    }

    private synchronized void timeIsUp() {
        timed = false;
        claimFrom(failedUntil);
    }

    private void claim() {
        int room = capacity - running.size() - ready.size();
        if (stopped) {
            return;
        }
        if (claiming || room == 0) {
            asksAgain = true; // after the claim, or after what ends
            return;
        }
        claiming = true;
        asksAgain = false;
        endedSince = 0;
        quietUntil = System.nanoTime() + QUIET_NANOS;
        var held = held();
        Uni.createFrom().deferred(() -> work.claim(room, held)).subscribe().with(this::claimed, this::notClaimed);
    }

    private synchronized void claimed(List<P> pieces) {
        claiming = false;
        if (stopped) {
            release(pieces);
            return;
        }
        if (pieces.isEmpty()) {
            failures = 0;
        }
        ready.addAll(pieces);
        begin();
        if (asksAgain) {
            woken();
        }
    }

    private synchronized void notClaimed(Throwable failure) {
        claiming = false;
        failed(failure);
    }

    private void begin() {
        while (running.size() < concurrency && !ready.isEmpty()) {
            var piece = next();
            ready.remove(piece);
            running.add(piece);
            Uni.createFrom()
                    .deferred(() -> work.run(piece))
                    .subscribe()
                    .with(done -> ended(piece, null), failure -> ended(piece, failure));
        }
    }

    private P next() {
        return ready.stream().min(Comparator.comparing(this::runningOfOwner)).orElseThrow();
    }

    private long runningOfOwner(P piece) {
        var owner = work.owner(piece);
        return running.stream().filter(other -> work.owner(other).equals(owner)).count();
    }

    /** The queue is asked again once for several pieces. */
    private synchronized void ended(P piece, @Nullable Throwable failure) {
        running.remove(piece);
        endedSince++;
        asksAgain |= failure != null || work.mayHaveFollowers(piece);
        if (failure == null) {
            failures = 0;
        } else {
            failed(failure);
        }
        if (stopped) {
            return;
        }
        begin();
        if (asksAgain && (running.isEmpty() || endedSince >= Math.max(1, capacity / 4))) {
            claimFrom(failedUntil);
        }
    }

    /** Logs the first failure and each {@link #LOG_EVERY}th. */
    private void failed(Throwable failure) {
        failures++;
        failedUntil = System.nanoTime() + BACKOFF.after(failures).toNanos();
        if (failures == 1 || failures % LOG_EVERY == 0) {
            LOG.warnf("%s waits (try %d): %s", work.name(), failures, CleanText.line(failure.getMessage()));
        }
        claimFrom(failedUntil);
    }

    private void release(List<P> pieces) {
        if (!pieces.isEmpty()) {
            work.release(List.copyOf(pieces))
                    .subscribe()
                    .with(released -> {}, failure -> LOG.debugf("Leases run out: %s", failure.getMessage()));
        }
    }
}
