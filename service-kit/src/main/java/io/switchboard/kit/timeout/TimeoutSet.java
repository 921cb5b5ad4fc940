package io.switchboard.kit.timeout;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Things with the same time-out. One timer is set for all of them, since most are removed long before it: one each would cost too much. */
public final class TimeoutSet<T> {
    private final Vertx vertx;
    private final Context context;
    private final long nanos;
    private final Consumer<T> late;
    private final Map<T, Long> since = new LinkedHashMap<>(); // the oldest first
    private boolean timerIsSet;

    /** @param late is told of each thing once, on a context of no request */
    public TimeoutSet(Vertx vertx, Duration timeout, Consumer<T> late) {
        this.vertx = vertx;
        this.context = VertxContext.getRootContext(vertx.getOrCreateContext());
        this.nanos = timeout.toNanos();
        this.late = late;
    }

    public synchronized void add(T thing) {
        since.put(thing, System.nanoTime());
        if (!timerIsSet) {
            setTimer(nanos);
        }
    }

    public synchronized void remove(T thing) {
        since.remove(thing);
    }

    private void setTimer(long wait) {
        timerIsSet = true;
        vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(wait) + 1, over -> context.runOnContext(now -> tellLate()));
    }

    private void tellLate() {
        expired().forEach(late);
    }

    private synchronized List<T> expired() {
        timerIsSet = false;
        var found = new ArrayList<T>();
        var now = System.nanoTime();
        for (var oldestFirst = since.entrySet().iterator(); oldestFirst.hasNext(); ) {
            var entry = oldestFirst.next();
            var left = nanos - (now - entry.getValue());
            if (left > 0) {
                setTimer(left);
                break;
            }
            found.add(entry.getKey());
            oldestFirst.remove();
        }
        return found;
    }
}
