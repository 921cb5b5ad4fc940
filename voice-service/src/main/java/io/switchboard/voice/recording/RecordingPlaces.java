package io.switchboard.voice.recording;

import io.switchboard.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many recordings this replica fetches at a time, for all and for one organization. */
@ApplicationScoped
class RecordingPlaces {
    static final int ALL = 64;
    static final int EACH = 8;

    private final AtomicInteger taken = new AtomicInteger();
    private final Map<UUID, Integer> byOrganization = new ConcurrentHashMap<>();

    /** Fails with {@code too_many_recordings}, or with {@code unavailable} where others have all places. */
    void take(UUID orgId) {
        if (taken.incrementAndGet() > ALL) {
            taken.decrementAndGet();
            throw Problem.unavailable(1);
        }
        if (byOrganization.merge(orgId, 1, Integer::sum) > EACH) {
            giveBack(orgId);
            throw Problem.tooMany("too_many_recordings", 1);
        }
    }

    void giveBack(UUID orgId) {
        taken.decrementAndGet();
        byOrganization.computeIfPresent(orgId, (org, places) -> places > 1 ? places - 1 : null);
    }
}
