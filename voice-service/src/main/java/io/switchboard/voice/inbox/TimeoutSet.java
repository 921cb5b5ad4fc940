package io.switchboard.voice.inbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Things with the same time-out. They are swept together, since a timer each would cost too much. */
final class TimeoutSet<T> {
    private final long nanos;
    private final Consumer<T> late;
    private final Map<T, Long> since = new LinkedHashMap<>();

    TimeoutSet(long millis, Consumer<T> late) {
        this.nanos = millis * 1_000_000;
        this.late = late;
    }

    synchronized void add(T thing) {
        since.put(thing, System.nanoTime());
    }

    synchronized void remove(T thing) {
        since.remove(thing);
    }

    /** To be called periodically. */
    void sweep() {
        expired().forEach(late);
    }

    private synchronized List<T> expired() {
        var found = new ArrayList<T>();
        var now = System.nanoTime();
        for (var oldestFirst = since.entrySet().iterator(); oldestFirst.hasNext(); ) {
            var entry = oldestFirst.next();
            if (now - entry.getValue() < nanos) {
                break;
            }
            found.add(entry.getKey());
            oldestFirst.remove();
        }
        return found;
    }
}
