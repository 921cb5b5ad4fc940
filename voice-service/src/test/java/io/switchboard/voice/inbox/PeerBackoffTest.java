package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeerBackoffTest {
    private final UUID acme = UUID.randomUUID();
    private final UUID globex = UUID.randomUUID();
    private final PeerBackoff backoff = new PeerBackoff();

    @Test
    void one_organization_waits_and_no_other() {
        var wait = backoff.failed(acme);
        assertTrue(wait.toMillis() >= 200 && wait.toMillis() <= 400, wait::toString);
        assertTrue(backoff.isAway(acme));
        assertFalse(backoff.isAway(globex));
        assertEquals(Set.of(acme), backoff.away());
    }

    @Test
    void failures_at_the_same_time_count_once() {
        var first = backoff.failed(acme);
        for (int times = 0; times < 10; times++) {
            assertTrue(backoff.failed(acme).compareTo(first) <= 0);
        }
    }

    @Test
    void an_answer_ends_the_wait() {
        backoff.failed(acme);
        backoff.answered(acme);
        assertFalse(backoff.isAway(acme));
        assertEquals(Set.of(), backoff.away());
    }
}
