package io.switchboard.voice.webhook;

import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads deliveries' bodies as they came: each up to a limit of size and time, and all that are held up to one of memory. */
@ApplicationScoped
class RawBodies {
    static final int LARGEST = 5 * 1024 * 1024;

    /** So much of what is too large is still read and dropped, since whoever is writing would not hear the answer. */
    private static final int MOST_DROPPED = 16 * 1024 * 1024;

    private static final long MOST_HELD = 32L * 1024 * 1024;
    private static final int LONGEST_MILLIS = 10_000;
    private static final int SWEEP_MILLIS = 1_000;

    private final Vertx vertx;
    private final AtomicLong held = new AtomicLong();
    private final Deadlines<Reading> deadlines = new Deadlines<>(
            LONGEST_MILLIS,
            reading -> reading.giveUp(Problem.of(408, "body_too_slow", "The body did not come in time.")));

    RawBodies(Vertx vertx) {
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(SWEEP_MILLIS, timer -> deadlines.sweep());
    }

    /**
     * Answers by itself what is too large or too slow, and 503 when too much is held already.
     *
     * @param wanted else it is read and dropped, and an empty one is handed on
     * @param most bytes
     */
    void read(RoutingContext context, boolean wanted, int most, Consumer<byte[]> then) {
        var reading = new Reading(context, wanted, most, then);
        var announced = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced != null && (announced.length() > 9 || Long.parseLong(announced) > MOST_DROPPED)) {
            reading.giveUp(Problem.tooLarge(most));
            return;
        }
        deadlines.add(reading);
        context.addEndHandler(ended -> reading.release());
        context.request()
                .exceptionHandler(gone -> deadlines.remove(reading))
                .handler(reading::take)
                .endHandler(end -> reading.end())
                .resume();
    }

    /** One body on its way. */
    private final class Reading {
        private final RoutingContext context;
        private final boolean wanted;
        private final int most;
        private final Consumer<byte[]> then;
        private @Nullable Buffer kept;
        private @Nullable Problem refusal;
        private long length;
        private int holds;
        private int chunks;
        private boolean over;

        Reading(RoutingContext context, boolean wanted, int most, Consumer<byte[]> then) {
            this.context = context;
            this.wanted = wanted;
            this.most = most;
            this.then = then;
        }

        void take(Buffer chunk) {
            length += chunk.length();
            if (length > most) {
                drop(Problem.tooLarge(most));
            } else if (wanted && refusal == null) {
                keep(chunk);
            }
            if (length > MOST_DROPPED && !over) {
                giveUp(Problem.tooLarge(most));
            }
        }

        private void keep(Buffer chunk) {
            holds += chunk.length();
            if (held.addAndGet(chunk.length()) > MOST_HELD) {
                drop(Problem.unavailable(1));
            } else {
                // The first chunk is the request's own; mostly it is the only one.
                kept = kept == null ? chunk : (chunks == 1 ? kept.copy() : kept).appendBuffer(chunk);
                chunks++;
            }
        }

        private void drop(Problem why) {
            refusal = why;
            kept = null;
            release();
        }

        void end() {
            if (over) {
                return;
            }
            over = true;
            deadlines.remove(this);
            if (refusal != null) {
                ProblemAnswer.send(context, refusal);
                return;
            }
            try {
                then.accept(kept == null ? new byte[0] : kept.getBytes());
            } catch (RuntimeException fault) { // no router stands around this callback
                ProblemAnswer.send(context, fault);
            }
        }

        /** Answers before the end, and hears no more of it. */
        void giveUp(Problem why) {
            over = true;
            deadlines.remove(this);
            drop(why);
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            ProblemAnswer.send(context, why);
        }

        void release() {
            held.addAndGet(-holds);
            holds = 0;
        }
    }
}
