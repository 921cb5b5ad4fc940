package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.ConnectionShares.Waiter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Starts work on the database when its tenant's turn has come, and answers the caller in time with 503 even if the database does
 * not answer: the work continues, and may still take effect. Cancelling does nothing: a cancelled {@code Uni} would leak
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
        this.acquireMillis = Math.min(acquireWithin.toMillis(), answerMillis - 1);
    }

    /**
     * @param owner the tenant's id, or {@link CrossTenant}
     * @param callerWaits whether there is a caller to be answered in time
     * @param work takes one connection, and has returned it when its future completes
     */
    <T> Uni<T> run(Object owner, boolean callerWaits, Supplier<Future<T>> work) {
        return Uni.createFrom().emitter(emitter -> new Piece<T>(owner, callerWaits, work, emitter).start());
    }

    private final class Piece<T> {
        private static final long NONE = -1;

        private final Object owner;
        private final boolean callerWaits;
        private final Supplier<Future<T>> work;
        private final UniEmitter<? super T> emitter;
        private @Nullable Waiter waiter;
        private long timer = NONE;

        private Piece(Object owner, boolean callerWaits, Supplier<Future<T>> work, UniEmitter<? super T> emitter) {
            this.owner = owner;
            this.callerWaits = callerWaits;
            this.work = work;
            this.emitter = emitter;
        }

        private void start() {
            var mayBegin = shares.take(owner);
            if (callerWaits || !mayBegin) {
                timer = vertx.setTimer(acquireMillis, late -> acquireTimeIsOver());
            }
            if (mayBegin) {
                begin();
            } else {
                enqueue();
            }
        }

        private void enqueue() {
            var context = vertx.getOrCreateContext(); // that of the request, which is not the one of who gives back
            try {
                waiter = shares.enqueue(owner, () -> context.runOnContext(turn -> begin()));
            } catch (Problem full) {
                fail(full);
            }
        }

        /** The rest of the time is a timer of its own: after a stall of this service, answers that have arrived are handled first. */
        private void acquireTimeIsOver() {
            if (waiter != null && shares.leave(waiter)) {
                emitter.fail(Problem.unavailable(1));
            } else if (callerWaits) {
                timer = vertx.setTimer(answerMillis - acquireMillis, late -> emitter.fail(Problem.unavailable(1)));
            }
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

        private void succeeded(T result) {
            shares.giveBack(owner);
            vertx.cancelTimer(timer);
            emitter.complete(result);
        }

        private void failed(Throwable failure) {
            shares.giveBack(owner);
            fail(failure);
        }

        private void fail(Throwable failure) {
            vertx.cancelTimer(timer);
            emitter.fail(failure);
        }
    }
}
