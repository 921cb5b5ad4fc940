package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
    private final UUID acme = UUID.randomUUID();
    private final UUID globex = UUID.randomUUID();
    private final LoadMeter pressure = new LoadMeter();

    @Test
    void large_batches_are_pressure_once_there_are_several() {
        assertEquals(Set.of(), pressure.pressing());
        committed(1, 20);
        assertEquals(Set.of(), pressure.pressing());
        committed(10, 20);
        assertEquals(Set.of(acme), pressure.pressing());
        committed(20, 1);
        assertEquals(Set.of(), pressure.pressing());
    }

    @Test
    void small_batches_are_none_however_many() {
        committed(1_000, 3);
        assertEquals(Set.of(), pressure.pressing());
    }

    @Test
    void only_the_tenant_that_presses_does() {
        for (int i = 0; i < 50; i++) {
            var tenants = new ArrayList<>(Collections.nCopies(20, acme));
            if (i % 3 == 0) {
                tenants.add(globex);
            }
            pressure.committed(tenants);
        }
        assertEquals(Set.of(acme), pressure.pressing());
    }

    @Test
    void many_tenants_with_a_little_each_do_not_press() {
        for (int i = 0; i < 50; i++) {
            pressure.committed(
                    java.util.stream.Stream.generate(UUID::randomUUID).limit(30).toList());
        }
        assertEquals(Set.of(), pressure.pressing());
    }

    private void committed(int times, int deliveries) {
        for (int i = 0; i < times; i++) {
            pressure.committed(Collections.nCopies(deliveries, acme));
        }
    }
}
