package io.switchboard.voice.call;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.switchboard.kit.problem.Problem;
import io.switchboard.voice.inbox.PermanentFailure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Translates events off the event loop, within a time limit. A translation that takes longer is interrupted and given up; if
 * it computes on, it keeps its thread. For a tenant with two such threads nothing is translated until one ends.
 */
@ApplicationScoped
class TranslationPool {
    private static final int MOST_THREADS = 16;
    private static final int MOST_OVERDUE = 2;

    private final Duration limit;
    private final Map<UUID, Integer> overdue = new HashMap<>();
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), TranslationPool::thread);

    TranslationPool(
            @ConfigProperty(name = "switchboard.webhooks.translation-timeout", defaultValue = "1s") Duration limit) {
        this.limit = limit;
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    /** Fails with {@link PermanentFailure}, or with {@code unavailable} while too many of the tenant are overdue. */
    <T> Uni<T> run(UUID orgId, Supplier<T> work) {
        return Uni.createFrom()
                .deferred(() -> isOverdue(orgId)
                        ? Uni.createFrom().failure(Problem.unavailable(1))
                        : onContext(Uni.createFrom()
                                .<T>emitter(emitter -> begin(orgId, work, emitter))
                                .ifNoItem()
                                .after(limit)
                                .failWith(() -> new PermanentFailure("The event took too long to translate."))));
    }

    private <T> void begin(UUID orgId, Supplier<T> work, UniEmitter<? super T> emitter) {
        var awaited = new AtomicBoolean(true);
        var task = threads.submit(() -> {
            T result = null;
            Throwable failure = null;
            try {
                result = work.get();
            } catch (Throwable thrown) { // a stack overflow too
                failure = thrown;
            }
            if (!awaited.getAndSet(false)) {
                count(orgId, -1);
            } else if (failure == null) {
                emitter.complete(result);
            } else {
                emitter.fail(failure);
            }
        });
        emitter.onTermination(() -> {
            if (awaited.getAndSet(false)) {
                count(orgId, 1);
                task.cancel(true);
            }
        });
    }

    /** Back to the caller's context, which its transaction belongs to. */
    private static <T> Uni<T> onContext(Uni<T> work) {
        Context context = Vertx.currentContext();
        return context == null ? work : work.emitOn(command -> context.runOnContext(now -> command.run()));
    }

    private synchronized boolean isOverdue(UUID orgId) {
        return overdue.getOrDefault(orgId, 0) >= MOST_OVERDUE;
    }

    private synchronized void count(UUID orgId, int change) {
        overdue.merge(orgId, change, Integer::sum);
        overdue.values().removeIf(count -> count == 0);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "translation");
        thread.setDaemon(true);
        return thread;
    }
}
