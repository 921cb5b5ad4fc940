package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.ConnectionShares.Waiter;
import io.switchboard.kit.timeout.TimeoutSet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
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
    private final TimeoutSet<Piece<?>> acquiring;
    private final TimeoutSet<Piece<?>> answering;

    Admission(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections,
            @ConfigProperty(name = "switchboard.db.max-waiting", defaultValue = "2000") int maxWaiting,
            @ConfigProperty(name = "switchboard.db.answer-within", defaultValue = "2s") Duration answerWithin,
            @ConfigProperty(name = "switchboard.db.acquire-within", defaultValue = "1s") Duration acquireWithin) {
        this.vertx = vertx;
        this.shares = new ConnectionShares(connections, maxWaiting);
        var acquire = acquireWithin.compareTo(answerWithin) < 0 ? acquireWithin : answerWithin;
        this.acquiring = new TimeoutSet<>(vertx, acquire, Piece::acquireTimeIsOver);
        this.answering = new TimeoutSet<>(vertx, answerWithin.minus(acquire), Piece::answerTimeIsOver);
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
        private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext(); // that of the request
        private final Object owner;
        private final boolean callerWaits;
        private final Supplier<Future<T>> work;
        private final UniEmitter<? super T> emitter;
        private volatile @Nullable Waiter waiter;
        private volatile @Nullable TimeoutSet<Piece<?>> within;

        private Piece(Object owner, boolean callerWaits, Supplier<Future<T>> work, UniEmitter<? super T> emitter) {
            this.owner = owner;
            this.callerWaits = callerWaits;
            this.work = work;
            this.emitter = emitter;
        }

        private void start() {
            var mayBegin = shares.take(owner);
            if (callerWaits || !mayBegin) {
                endWithin(acquiring);
            }
            if (mayBegin) {
                begin();
            } else {
                enqueue();
            }
        }

        private void enqueue() {
            try {
                waiter = shares.enqueue(owner, this::beginAtOnce);
            } catch (Problem full) {
                fail(full);
            }
        }

        /** Within the call that ended the work before: until a task of its own had its turn, the connection would be idle. */
        private void beginAtOnce() {
            context.emit(null, turn -> begin());
        }

        /** The rest of the time is counted by itself: after a stall of this service, answers that have arrived are handled first. */
        private void acquireTimeIsOver() {
            if (waiter != null && shares.leave(waiter)) {
                answerTimeIsOver();
            } else if (callerWaits) {
                endWithin(answering);
            }
        }

        private void answerTimeIsOver() {
            context.runOnContext(late -> emitter.fail(Problem.unavailable(1)));
        }

        private void endWithin(TimeoutSet<Piece<?>> time) {
            within = time;
            time.add(this);
        }

        private void ended() {
            if (within != null) {
                within.remove(this);
            }
        }

        private void begin() {
            var result = started();
            if (result.isComplete()) { // else each such piece would begin the next one within its own call
                context.runOnContext(turn -> end(result));
            } else {
                end(result);
            }
        }

        private void end(Future<T> result) {
            result.onComplete(this::succeeded, this::failed);
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
            ended();
            emitter.complete(result);
        }

        /** Connections are seldom lost alone: what waits begins after the pool has heard of all of them. */
        private void failed(Throwable failure) {
            context.runOnContext(turn -> shares.giveBack(owner));
            fail(failure);
        }

        private void fail(Throwable failure) {
            ended();
            emitter.fail(failure);
        }
    }
}
