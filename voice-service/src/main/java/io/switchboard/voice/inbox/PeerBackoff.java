package io.switchboard.voice.inbox;

import io.switchboard.kit.work.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Organizations whose effects could not be sent just now, and how long each waits. By organization, since the receiver may
 * fail for one and answer for the others. The waits stay short, so that everything arrives soon after.
 */
final class PeerBackoff {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(400), Duration.ofSeconds(5));

    private final Map<UUID, Wait> waits = new HashMap<>();

    private record Wait(long untilNanos, int times) {
        boolean isOver() {
            return System.nanoTime() - untilNanos >= 0;
        }
    }

    synchronized boolean isAway(UUID orgId) {
        var wait = waits.get(orgId);
        return wait != null && !wait.isOver();
    }

    synchronized Set<UUID> away() {
        return waits.entrySet().stream()
                .filter(entry -> !entry.getValue().isOver())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How long to wait now. Of several failures at once only the first one counts. */
    synchronized Duration failed(UUID orgId) {
        var before = waits.get(orgId);
        if (before != null && !before.isOver()) {
            return Duration.ofNanos(before.untilNanos() - System.nanoTime());
        }
        var times = before == null ? 1 : before.times() + 1;
        var wait = BACKOFF.after(times);
        waits.put(orgId, new Wait(System.nanoTime() + wait.toNanos(), times));
        return wait;
    }

    synchronized void answered(UUID orgId) {
        waits.remove(orgId);
    }
}
