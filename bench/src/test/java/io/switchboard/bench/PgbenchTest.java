package io.switchboard.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.local.Refusal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PgbenchTest {
    private static final String SAID = """
            pgbench (15.18 (Debian 15.18-0+deb12u1), server 17.11)
            transaction type: multiple scripts
            number of clients: 32
            duration: 20 s
            number of transactions actually processed: 800000
            number of failed transactions: %d (0.000%%)
            latency average = 0.799 ms
            initial connection time = 61.205 ms
            tps = 40000.000000 (without initial connection time)
            """;

    @Test
    void its_report_and_its_log_become_a_load() {
        Load load = Pgbench.load(SAID.formatted(0), Stream.of("0 199 800 3 1700000000 1", "31 2 4000 0 1700000000 2"));
        assertEquals(40_000, load.perSecond(), 1e-6);
        assertEquals(800_000, load.succeeded());
        assertEquals(0.8, load.millis(50), 0.001);
        assertEquals(4.0, load.millis(99), 0.01);
    }

    @Test
    void failed_transactions_are_told() {
        assertTrue(Pgbench.load(SAID.formatted(3), Stream.empty()).failed());
    }

    @Test
    void another_report_is_refused_with_its_words() {
        Refusal refusal = assertThrows(Refusal.class, () -> Pgbench.load("killed", Stream.empty()));
        assertTrue(refusal.getMessage().contains("killed"));
    }
}
