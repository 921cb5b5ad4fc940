package io.switchboard.crm.calendar;

import io.switchboard.kit.problem.Problem;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How many feeds are written at once in this replica, each of which takes the memory of up to 2,000 appointments. */
@Singleton
class FeedSlots {
    private static final int MOST = 12;
    private static final int MOST_OF_ONE = 4;

    /** By organization. */
    private final Map<UUID, Integer> taken = new HashMap<>();

    private int all;

    /** Fails with {@code unavailable}. */
    synchronized void take(UUID orgId) {
        if (all >= MOST || taken.getOrDefault(orgId, 0) >= MOST_OF_ONE) {
            throw Problem.unavailable(2);
        }
        all++;
        taken.merge(orgId, 1, Integer::sum);
    }

    synchronized void giveBack(UUID orgId) {
        all--;
        taken.computeIfPresent(orgId, (org, count) -> count > 1 ? count - 1 : null);
    }
}
