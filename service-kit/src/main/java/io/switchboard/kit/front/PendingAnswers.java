package io.switchboard.kit.front;

import java.util.Collection;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;

/** All that clients have not read yet of their answers. Where it is too much, the slowest readers are cut off. */
final class PendingAnswers {
    private final long most;
    private final Collection<FrontConnection> connections;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong leaving = new AtomicLong();

    PendingAnswers(FrontLimits limits, Collection<FrontConnection> connections) {
        this.most = limits.answers().asLongValue();
        this.connections = connections;
    }

    long bytes() {
        return bytes.get();
    }

    void add(long more) {
        bytes.addAndGet(more);
    }

    /** So many of the bytes go as soon as their connection's thread comes to it. */
    void leave(long bytes) {
        leaving.addAndGet(bytes);
    }

    /**
     * One answer alone may be larger than all may be together. For a moment it is too much by what each thread is about to write and
     * by what was cut off but is not closed yet.
     */
    void makeRoom(PendingAnswer asking) {
        var over = bytes.get() - leaving.get() - most;
        while (over > 0) {
            var slowest = connections.stream()
                    .map(connection -> connection.pending)
                    .filter(pending -> pending != asking && pending.bytes() > 0)
                    .min(Comparator.comparingLong(PendingAnswer::since).thenComparing(PendingAnswer::bytes));
            if (slowest.isEmpty()) {
                return;
            }
            over -= slowest.get().bytes();
            slowest.get().cutOff();
        }
    }
}
