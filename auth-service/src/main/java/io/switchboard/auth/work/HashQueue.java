package io.switchboard.auth.work;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.work.Offloaded;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where passwords and PINs are hashed: one at once a core and a bounded number waiting, so that all else keeps its pace. Known
 * callers and strangers wait in a lane each, and the lanes take turns: strangers, however many, cost a known caller the wait for
 * one hash and never a place.
 */
@ApplicationScoped
public class HashQueue {
    private final ExecutorService threads;
    private final int cores;
    private final HashLane known;
    private final HashLane strangers;
    private int running;
    private boolean isStrangersTurn;

    /** @param waiting in both lanes, half of it in each */
    public HashQueue(@ConfigProperty(name = "switchboard.hash-queue", defaultValue = "64") int waiting) {
        cores = Runtime.getRuntime().availableProcessors();
        known = new HashLane(waiting - waiting / 2);
        strangers = new HashLane(Math.max(waiting / 2, 1));
        var count = new AtomicInteger();
        threads = Executors.newFixedThreadPool(cores, work -> new Thread(work, "hash-" + count.incrementAndGet()));
    }

    /** Fails with {@code unavailable} (503) if too many wait already. */
    public <T> Uni<T> run(HashCaller caller, Supplier<T> hashing) {
        return Offloaded.on(work -> add(caller, work), hashing);
    }

    private synchronized void add(HashCaller caller, Runnable work) {
        if (running < cores) {
            threads.execute(() -> runAll(work));
            running++;
        } else if (!(caller.known() ? known : strangers).offer(caller.source(), work)) {
            throw new RejectedExecutionException("too many hashes wait");
        }
    }

    private void runAll(Runnable first) {
        for (var work = first; work != null; work = next()) {
            try {
                work.run();
            } catch (RuntimeException e) {
                Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        isStrangersTurn = !isStrangersTurn;
        var work = isStrangersTurn ? strangers.poll() : known.poll();
        if (work == null) {
            work = isStrangersTurn ? known.poll() : strangers.poll();
        }
        if (work == null) {
            running--;
        }
        return work;
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
