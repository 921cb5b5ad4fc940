package io.switchboard.kit.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConnectionSharesTest {
    static final int CONNECTIONS = 16;
    final ConnectionShares shares = new ConnectionShares(CONNECTIONS, 40);
    final UUID acme = UUID.randomUUID(), globex = UUID.randomUUID(), initech = UUID.randomUUID();
    final List<UUID> begun = new ArrayList<>();

    @Test
    void a_tenant_alone_leaves_a_quarter_free() {
        assertEquals(12, takeAll(acme));
        assertEquals(4, takeAll(globex));
    }

    @Test
    void four_tenants_have_a_quarter_each() {
        for (var tenant : List.of(acme, globex, initech)) {
            take(tenant, 4);
        }
        assertFalse(shares.take(acme), "the last quarter is for those who have less");
        assertEquals(4, takeAll(UUID.randomUUID()));
    }

    @Test
    void a_tenant_with_less_than_its_share_comes_first() {
        take(acme, 12);
        take(globex, 4);
        enqueue(acme);
        enqueue(initech);
        shares.giveBack(globex);
        assertEquals(List.of(initech), begun);
    }

    @Test
    void waiting_tenants_take_turns() {
        take(acme, 12);
        take(globex, 4);
        var hooli = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            enqueue(initech);
        }
        for (int i = 0; i < 3; i++) {
            enqueue(hooli);
        }
        for (int i = 0; i < 6; i++) {
            shares.giveBack(acme);
        }
        assertEquals(List.of(initech, hooli, initech, hooli, initech, hooli), begun);
    }

    @Test
    void a_tenant_beyond_its_share_goes_on_when_enough_is_free() {
        take(acme, 12);
        enqueue(acme);
        shares.giveBack(acme);
        assertEquals(List.of(acme), begun);
    }

    @Test
    void sign_ins_and_workers_have_shares_of_their_own() {
        take(acme, 12);
        assertTrue(shares.take(CrossTenant.WORKERS));
        assertTrue(shares.take(CrossTenant.CALLERS));
        assertEquals(2, takeAll(globex));
    }

    @Test
    void a_tenant_that_queues_too_much_is_refused() {
        takeAll(acme);
        for (int i = 0; i < 10; i++) {
            enqueue(acme);
        }
        assertEquals(429, assertThrows(Problem.class, () -> enqueue(acme)).status());
        assertTrue(shares.take(globex));
    }

    @Test
    void all_together_may_queue_only_so_many() {
        takeAll(acme);
        takeAll(globex);
        for (int i = 0; i < 40; i++) {
            enqueue(UUID.randomUUID());
        }
        assertEquals(503, assertThrows(Problem.class, () -> enqueue(initech)).status());
    }

    @Test
    void a_waiter_that_left_is_not_admitted() {
        take(acme, 12);
        var waiter = enqueue(acme);
        assertTrue(shares.leave(waiter));
        assertFalse(shares.leave(waiter));
        shares.giveBack(acme);
        assertEquals(List.of(), begun);
        assertEquals(1, takeAll(acme));
    }

    @Test
    void an_admitted_waiter_cannot_leave() {
        take(acme, 12);
        var waiter = enqueue(acme);
        shares.giveBack(acme);
        assertFalse(shares.leave(waiter));
    }

    @Test
    void one_connection_serves_all_in_turn() {
        var single = new ConnectionShares(1, 40);
        assertTrue(single.take(acme));
        assertFalse(single.take(globex));
        single.enqueue(globex, () -> begun.add(globex));
        single.giveBack(acme);
        assertEquals(List.of(globex), begun);
        single.giveBack(globex);
        assertTrue(single.take(acme));
    }

    private ConnectionShares.Waiter enqueue(UUID tenant) {
        assertFalse(shares.take(tenant));
        return shares.enqueue(tenant, () -> begun.add(tenant));
    }

    private void take(UUID tenant, int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(shares.take(tenant));
        }
    }

    private int takeAll(UUID tenant) {
        int taken = 0;
        while (shares.take(tenant)) {
            taken++;
        }
        return taken;
    }
}
