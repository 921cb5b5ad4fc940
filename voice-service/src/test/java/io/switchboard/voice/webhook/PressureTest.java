package io.switchboard.voice.webhook;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PressureTest {
    private final Pressure pressure = new Pressure();

    @Test
    void large_batches_are_pressure_once_there_are_several() {
        assertFalse(pressure.isHigh());
        pressure.committed(20);
        assertFalse(pressure.isHigh());
        committed(10, 20);
        assertTrue(pressure.isHigh());
        committed(20, 1);
        assertFalse(pressure.isHigh());
    }

    @Test
    void small_ones_are_none_however_many() {
        committed(1_000, 3);
        assertFalse(pressure.isHigh());
    }

    private void committed(int times, int rows) {
        IntStream.range(0, times).forEach(each -> pressure.committed(rows));
    }
}
