package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CrmBackoffTest {
    private final UUID acme = UUID.randomUUID();
    private final UUID globex = UUID.randomUUID();
    private final CrmBackoff patience = new CrmBackoff();

    @Test
    void one_organization_waits_and_no_other() {
        var wait = patience.failed(acme);
        assertTrue(wait.toMillis() >= 200 && wait.toMillis() <= 400, wait::toString);
        assertTrue(patience.isAway(acme));
        assertFalse(patience.isAway(globex));
        assertEquals(Set.of(acme), patience.away());
    }

    @Test
    void failures_at_the_same_time_count_once() {
        var first = patience.failed(acme);
        for (int times = 0; times < 10; times++) {
            assertTrue(patience.failed(acme).compareTo(first) <= 0);
        }
    }

    @Test
    void an_answer_ends_the_wait() {
        patience.failed(acme);
        patience.answered(acme);
        assertFalse(patience.isAway(acme));
        assertEquals(Set.of(), patience.away());
    }
}
