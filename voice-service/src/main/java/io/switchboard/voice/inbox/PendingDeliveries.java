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
 * Deliveries that wait to be stored, bounded in sum and per tenant. Tenants take turns, so the tenant that sends the most is
 * refused first and delays no other. Not thread-safe: the inbox synchronizes.
 */
final class PendingDeliveries {
    /** Rows that are not worth two batches: each batch costs as much as ten rows. */
    private static final int LITTLE = 16;

    private final Size most;
    private final Map<UUID, TenantShare> tenants = new HashMap<>();
    private final Queue<TenantShare> turns = new ArrayDeque<>();
    private Size held = Size.NONE;

    /** Events and the bytes of their bodies. */
    record Size(long rows, long bytes) {
        static final Size NONE = new Size(0, 0);

        Size plus(PendingDelivery delivery) {
            return new Size(rows + delivery.rows(), bytes + delivery.bytes);
        }

        Size minus(PendingDelivery delivery) {
            return new Size(rows - delivery.rows(), bytes - delivery.bytes);
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

    private static final class TenantShare {
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
     * Null when it is added, else the refusal. A tenant may hold as much as stays free, and a quarter of all while another
     * tenant waits; its first delivery only has to fit.
     */
    @Nullable
    Problem add(PendingDelivery delivery) {
        var sum = held.plus(delivery);
        if (!sum.fitsIn(most)) {
            return Problem.unavailable(1);
        }
        var tenant = tenants.computeIfAbsent(delivery.orgId, id -> new TenantShare());
        var own = tenant.held.plus(delivery);
        var isFirst = tenant.waiting.isEmpty();
        if (!isFirst && !(own.fitsIn(most.minus(sum)) && own.fitsIn(tenants.size() > 1 ? most.quarter() : most))) {
            return Problem.tooMany("webhook_deliveries_pending", 1);
        }
        if (isFirst) {
            turns.add(tenant);
        }
        tenant.waiting.add(delivery);
        tenant.held = own;
        held = sum;
        return null;
    }

    /** {@link #next}, but no more than half of what waits, unless that is little: while a batch is answered, the rest is stored. */
    List<PendingDelivery> nextHalf(Size atMost) {
        return next(new Size(Math.min(atMost.rows(), Math.max(LITTLE, held.rows() / 2)), atMost.bytes()));
    }

    /** The next batch, of tenants in turn; empty when nothing waits. It has one delivery at least, whatever its size. */
    List<PendingDelivery> next(Size atMost) {
        var batch = new ArrayList<PendingDelivery>();
        var taken = Size.NONE;
        for (var tenant = turns.peek(); tenant != null; tenant = turns.peek()) {
            var delivery = tenant.waiting.element();
            if (!batch.isEmpty() && !taken.plus(delivery).fitsIn(atMost)) {
                break;
            }
            remove(turns.remove());
            if (!delivery.isAnswered()) {
                batch.add(delivery);
                taken = taken.plus(delivery);
            }
        }
        return batch;
    }

    private void remove(TenantShare tenant) {
        var delivery = tenant.waiting.remove();
        tenant.held = tenant.held.minus(delivery);
        held = held.minus(delivery);
        if (tenant.waiting.isEmpty()) {
            tenants.remove(delivery.orgId);
        } else {
            turns.add(tenant);
        }
    }
}
