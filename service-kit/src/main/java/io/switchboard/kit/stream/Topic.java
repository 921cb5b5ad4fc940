package io.switchboard.kit.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The streams of one subject that have caught up, and the keys that they have been sent of late. */
final class Topic {
    /** A user who is sent more within half a minute is sent the rest on another connection. */
    private static final int MOST_KEYS = 2_000;

    /** Longer than a key can be read again. */
    static final long KEPT_NANOS = ResumePoint.LATEST_COMMIT
            .multipliedBy(2)
            .plus(Duration.ofSeconds(5))
            .toNanos();

    private final boolean isState;
    private final Map<UUID, Long> sent = new LinkedHashMap<>();
    private final List<EventStream> streams = new ArrayList<>(1);

    Topic(boolean isState) {
        this.isState = isState;
    }

    void add(EventStream stream) {
        streams.add(stream);
    }

    void remove(EventStream stream) {
        streams.remove(stream);
    }

    boolean isEmpty() {
        return streams.isEmpty();
    }

    /** A copy, as streams leave while they are sent something. */
    List<EventStream> streams() {
        return List.copyOf(streams);
    }

    Collection<UUID> sent() {
        return sent.keySet();
    }

    /** Whether the key is new to all of its streams. */
    boolean note(UUID key, long now) {
        if (isState && !sent.containsKey(key)) {
            sent.clear();
        }
        return sent.putIfAbsent(key, now) == null;
    }

    boolean isFull() {
        return sent.size() > MOST_KEYS;
    }

    void forget(long now) {
        if (isState) {
            return;
        }
        for (Iterator<Long> times = sent.values().iterator(); times.hasNext(); ) {
            if (now - times.next() < KEPT_NANOS) {
                return;
            }
            times.remove();
        }
    }
}
