package io.switchboard.auth.work;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where passwords and PINs are hashed: one at once a core and a bounded number waiting, so that all else keeps its pace. */
@ApplicationScoped
public class HashQueue {
    private final ThreadPoolExecutor threads;

    public HashQueue(@ConfigProperty(name = "switchboard.hash-queue", defaultValue = "64") int waiting) {
        var cores = Runtime.getRuntime().availableProcessors();
        var count = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                cores,
                cores,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                work -> new Thread(work, "hash-" + count.incrementAndGet()));
    }

    /** Fails with {@code unavailable} (503) if too many wait already. */
    public <T> Uni<T> run(Supplier<T> hashing) {
        return Offloaded.on(threads, hashing);
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
