package io.switchboard.crm.contactimport;

import io.switchboard.kit.problem.Problem;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How many files come in at once in this replica, each of which takes the memory of two parts. */
@Singleton
class UploadSlots {
    private static final int MOST = 20;
    private static final int MOST_OF_ONE = 3;

    /** By organization. */
    private final Map<UUID, Integer> taken = new HashMap<>();

    private int all;

    /** Fails with {@code too_many_imports} (429) or {@code unavailable} (503). */
    synchronized void take(UUID orgId) {
        if (taken.getOrDefault(orgId, 0) >= MOST_OF_ONE) {
            throw Problem.tooMany("too_many_imports", 5);
        }
        if (all >= MOST) {
            throw Problem.unavailable(5);
        }
        all++;
        taken.merge(orgId, 1, Integer::sum);
    }

    synchronized void giveBack(UUID orgId) {
        all--;
        taken.computeIfPresent(orgId, (org, count) -> count > 1 ? count - 1 : null);
    }
}
