package io.switchboard.kit.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TenantTurnTest {
    private static final UUID LOW = UUID.fromString("10000000-0000-7000-8000-000000000000");
    private static final UUID MIDDLE = UUID.fromString("70000000-0000-7000-8000-000000000000");
    /** UUID compares its halves as signed numbers: below the others. */
    private static final UUID HIGH = UUID.fromString("f0000000-0000-7000-8000-000000000000");

    private final TenantTurn turn = new TenantTurn();

    @Test
    void the_last_one_served_is_the_last_behind_the_one_before() {
        turn.served(List.of(HIGH, LOW, MIDDLE));
        assertEquals(HIGH, turn.last());
        turn.served(List.of(MIDDLE, LOW));
        assertEquals(MIDDLE, turn.last());
        turn.served(List.of(LOW, HIGH));
        assertEquals(LOW, turn.last(), "low comes behind high, in the second round");
    }

    @Test
    void a_claim_of_nothing_changes_nothing() {
        turn.served(List.of(MIDDLE));
        turn.served(List.of());
        assertEquals(MIDDLE, turn.last());
    }

    @Test
    void a_tenant_served_again_alone_stays_the_last() {
        turn.served(List.of(MIDDLE));
        turn.served(List.of(MIDDLE));
        assertEquals(MIDDLE, turn.last());
    }
}
