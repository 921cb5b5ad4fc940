package io.switchboard.kit.work;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Takes work to other threads and its result back to where the caller was. */
public final class Offloaded {
    private Offloaded() {}

    /** Fails with {@code unavailable} (503) if the executor is full. */
    public static <T> Uni<T> on(Executor executor, Supplier<T> work) {
        return Uni.createFrom().deferred(() -> back(Uni.createFrom().item(work).runSubscriptionOn(executor)));
    }

    /** The result of work that runs already, perhaps for several callers; a finished one is answered at once, on this thread. */
    public static <T> Uni<T> awaited(CompletableFuture<T> work) {
        if (work.isDone() && !work.isCompletedExceptionally()) {
            return Uni.createFrom().item(work.join());
        }
        // A stage of its own, so that a caller who stops waiting does not cancel it for the others.
        return back(Uni.createFrom().completionStage(() -> work.thenApply(result -> result)));
    }

    private static <T> Uni<T> back(Uni<T> result) {
        var context = Vertx.currentContext();
        var answered = result.onFailure(RejectedExecutionException.class).transform(full -> Problem.unavailable(1));
        return context == null ? answered : answered.emitOn(task -> context.runOnContext(there -> task.run()));
    }
}
