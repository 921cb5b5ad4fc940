package io.switchboard.auth.work;

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

    /** What somebody works at, perhaps for others too; what is there already comes at once and on this thread. */
    public static <T> Uni<T> awaited(CompletableFuture<T> work) {
        if (work.isDone() && !work.isCompletedExceptionally()) {
            return Uni.createFrom().item(work.join());
        }
        // A stage of its own: who gives up waiting must not cancel it for the others.
        return back(Uni.createFrom().completionStage(() -> work.thenApply(result -> result)));
    }

    private static <T> Uni<T> back(Uni<T> result) {
        var context = Vertx.currentContext();
        var answered = result.onFailure(RejectedExecutionException.class).transform(full -> Problem.unavailable(1));
        return context == null ? answered : answered.emitOn(task -> context.runOnContext(there -> task.run()));
    }
}
