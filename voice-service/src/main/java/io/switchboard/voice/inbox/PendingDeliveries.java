package io.switchboard.voice.inbox;

import io.switchboard.kit.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries that wait to be stored: bounded in sum and per tenant. Tenants take turns, so the tenant that sends the most is
 * refused first and delays no other. Its inbox guards it.
 */
final class PendingDeliveries {
    private final Size most;
    private final Map<UUID, Tenant> tenants = new HashMap<>();
    private final Queue<Tenant> turns = new ArrayDeque<>();
    private Size held = Size.NONE;

    /** Events and the bytes of their bodies. */
    record Size(long rows, long bytes) {
        static final Size NONE = new Size(0, 0);

        Size plus(PendingDelivery arrival) {
            return new Size(rows + arrival.rows(), bytes + arrival.bytes);
        }

        Size minus(PendingDelivery arrival) {
            return new Size(rows - arrival.rows(), bytes - arrival.bytes);
        }

        Size minus(Size other) {
            return new Size(rows - other.rows, bytes - other.bytes);
        }

        Size quarter() {
            return new Size(rows / 4, bytes / 4);
        }

        boolean fitsIn(Size other) {
            return rows <= other.rows && bytes <= other.bytes;
        }
    }

    private static final class Tenant {
        final Queue<PendingDelivery> waiting = new ArrayDeque<>();
        Size held = Size.NONE;
    }

    PendingDeliveries(Size most) {
        this.most = most;
    }

    long rows() {
        return held.rows();
    }

    /**
     * Null when it waits from now on, else why it may not. A tenant may hold as much as it leaves free, and a quarter while
     * another one waits; its first delivery only has to fit in.
     */
    @Nullable
    Problem add(PendingDelivery arrival) {
        var sum = held.plus(arrival);
        if (!sum.fitsIn(most)) {
            return Problem.unavailable(1);
        }
        var tenant = tenants.computeIfAbsent(arrival.orgId, id -> new Tenant());
        var own = tenant.held.plus(arrival);
        var isFirst = tenant.waiting.isEmpty();
        if (!isFirst && !(own.fitsIn(most.minus(sum)) && own.fitsIn(tenants.size() > 1 ? most.quarter() : most))) {
            return Problem.tooMany("webhook_deliveries_pending", 1);
        }
        if (isFirst) {
            turns.add(tenant);
        }
        tenant.waiting.add(arrival);
        tenant.held = own;
        held = sum;
        return null;
    }

    /** What goes next, of each tenant in turn; empty when nothing waits. One delivery goes whatever its size. */
    List<PendingDelivery> next(Size atMost) {
        var batch = new ArrayList<PendingDelivery>();
        var taken = Size.NONE;
        for (var tenant = turns.peek(); tenant != null; tenant = turns.peek()) {
            var arrival = tenant.waiting.element();
            if (!batch.isEmpty() && !taken.plus(arrival).fitsIn(atMost)) {
                break;
            }
            remove(turns.remove());
            if (!arrival.isAnswered()) {
                batch.add(arrival);
                taken = taken.plus(arrival);
            }
        }
        return batch;
    }

    private void remove(Tenant tenant) {
        var arrival = tenant.waiting.remove();
        tenant.held = tenant.held.minus(arrival);
        held = held.minus(arrival);
        if (tenant.waiting.isEmpty()) {
            tenants.remove(arrival.orgId);
        } else {
            turns.add(tenant);
        }
    }
}
