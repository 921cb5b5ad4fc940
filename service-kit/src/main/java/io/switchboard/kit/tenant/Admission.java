package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.switchboard.kit.problem.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets work on the database begin when its tenant's turn has come, and answers the caller in time with 503 even where the
 * database says nothing: the work goes on, and may still happen. Cancelling does nothing: a cancelled {@code Uni} would leak
 * its connection (quarkusio/quarkus#51576).
 */
@Singleton
class Admission {
    private final Vertx vertx;
    private final ConnectionShares shares;
    private final long answerMillis;
    private final long acquireMillis;

    Admission(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections,
            @ConfigProperty(name = "switchboard.db.max-waiting", defaultValue = "2000") int maxWaiting,
            @ConfigProperty(name = "switchboard.db.answer-within", defaultValue = "2s") Duration answerWithin,
            @ConfigProperty(name = "switchboard.db.acquire-within", defaultValue = "1s") Duration acquireWithin) {
        this.vertx = vertx;
        this.shares = new ConnectionShares(connections, maxWaiting);
        this.answerMillis = answerWithin.toMillis();
        this.acquireMillis = acquireWithin.toMillis();
    }

    /**
     * @param owner the tenant's id, or {@link CrossTenant}
     * @param callerWaits whether there is a caller to be answered in time
     * @param work takes one connection, and has returned it when its future completes
     */
    <T> Uni<T> run(Object owner, boolean callerWaits, Supplier<Future<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            var piece = new Piece<T>(owner, work, emitter);
            if (callerWaits) {
                piece.answerInTime();
            }
            if (shares.take(owner)) {
                piece.begin();
            } else {
                piece.enqueue();
            }
        });
    }

    private final class Piece<T> {
        private static final long NONE = -1;

        private final Object owner;
        private final Supplier<Future<T>> work;
        private final UniEmitter<? super T> emitter;
        private long timer = NONE;

        private Piece(Object owner, Supplier<Future<T>> work, UniEmitter<? super T> emitter) {
            this.owner = owner;
            this.work = work;
            this.emitter = emitter;
        }

        /** In two halves: where this service itself was held up, what came meanwhile is looked at first. */
        private void answerInTime() {
            timer = vertx.setTimer(
                    answerMillis / 2,
                    half -> timer = vertx.setTimer(answerMillis / 2, late -> emitter.fail(Problem.unavailable(1))));
        }

        private void begin() {
            started().onComplete(this::succeeded, this::failed);
        }

        private Future<T> started() {
            try {
                return work.get();
            } catch (RuntimeException e) {
                return Future.failedFuture(e);
            }
        }

        private void enqueue() {
            var context = vertx.getOrCreateContext(); // that of the request, which is not the one of who gives back
            try {
                var waiter = shares.enqueue(owner, () -> context.runOnContext(turn -> begin()));
                vertx.setTimer(acquireMillis, late -> {
                    if (shares.leave(waiter)) {
                        finish();
                        emitter.fail(Problem.unavailable(1));
                    }
                });
            } catch (Problem full) {
                finish();
                emitter.fail(full);
            }
        }

        private void succeeded(T result) {
            shares.giveBack(owner);
            finish();
            emitter.complete(result);
        }

        private void failed(Throwable failure) {
            shares.giveBack(owner);
            finish();
            emitter.fail(failure);
        }

        private void finish() {
            if (timer != NONE) {
                vertx.cancelTimer(timer);
            }
        }
    }
}
