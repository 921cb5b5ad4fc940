package io.switchboard.auth.work;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Takes work to other threads and its result back to where the caller was. */
public final class Offloaded {
    private Offloaded() {}

    /** Fails with {@code unavailable} (503) if the executor is full. */
    public static <T> Uni<T> on(Executor executor, Supplier<T> work) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            var result = Uni.createFrom()
                    .item(work)
                    .runSubscriptionOn(executor)
                    .onFailure(RejectedExecutionException.class)
                    .transform(full -> Problem.unavailable(1));
            return context == null ? result : result.emitOn(task -> context.runOnContext(there -> task.run()));
        });
    }
}
