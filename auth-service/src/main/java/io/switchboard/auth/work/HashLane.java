package io.switchboard.auth.work;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Some that wait for a hash, first come first served; one source holds at most half of the places. Not thread-safe. */
final class HashLane {
    private final int places;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, Integer> bySource = new HashMap<>();

    HashLane(int places) {
        this.places = places;
    }

    private record Waiting(String source, Runnable work) {}

    /** False if there is no place left for the source. */
    boolean offer(String source, Runnable work) {
        var own = bySource.getOrDefault(source, 0);
        if (waiting.size() >= places || own >= Math.max(places / 2, 1)) {
            return false;
        }
        bySource.put(source, own + 1);
        return waiting.add(new Waiting(source, work));
    }

    @Nullable
    Runnable poll() {
        var next = waiting.poll();
        if (next == null) {
            return null;
        }
        bySource.computeIfPresent(next.source(), (source, own) -> own == 1 ? null : own - 1);
        return next.work();
    }
}
