package io.switchboard.kit.stream;

import io.switchboard.kit.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Counts open streams, so that neither a user nor an organization takes them all. */
final class StreamPlaces {
    private static final int RETRY_SECONDS = 5;

    private final StreamLimits limits;
    private final Map<UUID, Integer> organizations = new HashMap<>();
    private final Map<String, Integer> users = new HashMap<>();
    private int taken;

    StreamPlaces(StreamLimits limits) {
        this.limits = limits;
    }

    synchronized int taken() {
        return taken;
    }

    /** Fails with {@code too_many_streams} or {@code unavailable}. */
    synchronized void take(UUID orgId, String user) {
        if (organizations.getOrDefault(orgId, 0) >= limits.perOrganization()
                || users.getOrDefault(user, 0) >= limits.perUser()) {
            throw Problem.tooMany("too_many_streams", RETRY_SECONDS);
        }
        if (taken >= limits.total()) {
            throw Problem.unavailable(RETRY_SECONDS);
        }
        taken++;
        organizations.merge(orgId, 1, Integer::sum);
        users.merge(user, 1, Integer::sum);
    }

    synchronized void giveBack(UUID orgId, String user) {
        taken--;
        organizations.computeIfPresent(orgId, (id, count) -> count > 1 ? count - 1 : null);
        users.computeIfPresent(user, (id, count) -> count > 1 ? count - 1 : null);
    }
}
