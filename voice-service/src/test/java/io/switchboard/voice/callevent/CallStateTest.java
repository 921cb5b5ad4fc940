package io.switchboard.voice.callevent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallStateTest {
    @Test
    void a_state_only_goes_on() {
        for (CallState state : CallState.values()) {
            for (CallState other : CallState.values()) {
                assertEquals(
                        Math.max(state.ordinal(), other.ordinal()),
                        state.then(other).ordinal());
            }
        }
    }

    @Test
    void the_labels_are_those_of_the_wire() {
        assertEquals(
                List.of("unknown", "queued", "ringing", "in_progress", "forwarding", "ended"),
                Arrays.stream(CallState.values()).map(CallState::wire).toList());
    }
}
