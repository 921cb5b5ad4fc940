package io.switchboard.kit.front;

import io.switchboard.kit.problem.Problem;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How many bytes of request bodies are held at a time: in all, and of each address and endpoint. */
final class BodyBudget {
    private static final int RETRY_SECONDS = 1;

    private final long most;
    private final long share;
    private final AtomicLong held = new AtomicLong();
    /** Has no more entries than there are requests at a time. */
    private final Map<String, Long> shares = new ConcurrentHashMap<>();

    BodyBudget(FrontLimits limits) {
        most = limits.bodies().asLongValue();
        share = limits.bodiesShare().asLongValue();
    }

    long held() {
        return held.get();
    }

    /** @return why not; then nothing is taken */
    @Nullable
    Problem take(String owner, long bytes) {
        if (shares.merge(owner, bytes, Long::sum) > share) {
            giveShare(owner, bytes);
            return Problem.tooMany("too_many_bytes", RETRY_SECONDS);
        }
        return null;
    }

    /** As {@link #take}, of what all have together. */
    @Nullable
    Problem takeOfAll(long bytes) {
        if (held.addAndGet(bytes) > most) {
            held.addAndGet(-bytes);
            return Problem.unavailable(RETRY_SECONDS);
        }
        return null;
    }

    void giveShare(String owner, long bytes) {
        shares.computeIfPresent(owner, (key, taken) -> taken > bytes ? taken - bytes : null);
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }
}
