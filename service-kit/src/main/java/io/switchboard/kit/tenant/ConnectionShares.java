package io.switchboard.kit.tenant;

import io.switchboard.kit.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Shares the connections of the pool between tenants. A tenant has up to a quarter of them at once, and more only while another
 * quarter stays free for tenants that have less. Waiting tenants take turns.
 */
final class ConnectionShares {
    private static final int PARTS = 4;

    /** A piece of work that waits for its turn. */
    record Waiter(Object owner, Runnable begin) {}

    private static final class Share {
        private final Object owner;
        private final int most;
        private final Queue<Waiter> waiting = new ArrayDeque<>();
        private int used;

        private Share(Object owner, int most) {
            this.owner = owner;
            this.most = most;
        }
    }

    private final int quarter;
    private final int reserve;
    private final int maxWaiting;
    private final Map<Object, Share> shares = new HashMap<>(); // of those who have a connection or wait for one
    private final Queue<Share> turns = new ArrayDeque<>(); // of those who wait, the next one first
    private int free;
    private int waiting;

    ConnectionShares(int connections, int maxWaiting) {
        this.free = connections;
        this.quarter = Math.max(1, connections / PARTS);
        this.reserve = connections / PARTS;
        this.maxWaiting = maxWaiting;
    }

    /** True if the owner may have a connection at once, which {@link #giveBack} returns. */
    synchronized boolean take(Object owner) {
        var known = shares.get(owner);
        var share = known == null ? new Share(owner, most(owner)) : known;
        if (free == 0 || !share.waiting.isEmpty() || share.used >= share.most && free <= reserve) {
            return false;
        }
        if (known == null) {
            shares.put(owner, share);
        }
        share.used++;
        free--;
        return true;
    }

    /** Fails with {@code too_many_requests} if the tenant has too many waiting, with {@code unavailable} if all tenants have. */
    synchronized Waiter enqueue(Object owner, Runnable begin) {
        if (waiting >= maxWaiting) {
            throw Problem.unavailable(1);
        }
        var share = shares.computeIfAbsent(owner, absent -> new Share(owner, most(owner)));
        if (share.waiting.size() >= Math.max(1, maxWaiting / PARTS) && !(owner instanceof CrossTenant)) {
            throw Problem.tooMany("too_many_requests", 1);
        }
        var waiter = new Waiter(owner, begin);
        if (share.waiting.isEmpty()) {
            turns.add(share);
        }
        share.waiting.add(waiter);
        waiting++;
        return waiter;
    }

    /** False if the waiter's turn has come already. */
    synchronized boolean leave(Waiter waiter) {
        var share = shares.get(waiter.owner());
        if (share == null || !share.waiting.remove(waiter)) {
            return false;
        }
        waiting--;
        if (share.waiting.isEmpty()) {
            turns.remove(share);
        }
        forget(share);
        return true;
    }

    void giveBack(Object owner) {
        for (var waiter : admitted(owner)) {
            waiter.begin().run();
        }
    }

    private synchronized List<Waiter> admitted(Object owner) {
        var giver = shares.get(owner);
        giver.used--;
        free++;
        if (waiting == 0) {
            forget(giver);
            return List.of();
        }
        var admitted = new ArrayList<Waiter>();
        for (var share = next(); share != null; share = next()) {
            admitted.add(share.waiting.remove());
            waiting--;
            share.used++;
            free--;
            turns.remove(share);
            if (!share.waiting.isEmpty()) {
                turns.add(share);
            }
        }
        forget(giver);
        return admitted;
    }

    /** Owners below their share first; then any, while enough is free. */
    private @Nullable Share next() {
        if (free == 0) {
            return null;
        }
        for (var share : turns) {
            if (share.used < share.most) {
                return share;
            }
        }
        return free > reserve ? turns.peek() : null;
    }

    private int most(Object owner) {
        if (owner == CrossTenant.LONG_JOBS) {
            return Math.max(1, quarter / 2);
        }
        return owner == CrossTenant.CALLERS ? 2 * quarter : quarter;
    }

    private void forget(Share share) {
        if (share.used == 0 && share.waiting.isEmpty()) {
            shares.remove(share.owner);
        }
    }
}
