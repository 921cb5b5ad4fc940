package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.switchboard.voice.provider.CallEvent.Status;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallStateTest {
    private static final List<CallState> ALL = Stream.concat(
                    Stream.of(CallState.of(null)),
                    Arrays.stream(Status.values()).map(CallState::of))
            .toList();

    @Test
    void a_state_only_goes_on() {
        for (CallState here : ALL) {
            for (CallState heard : ALL) {
                assertEquals(
                        Math.max(here.rank(), heard.rank()), here.then(heard).rank());
            }
        }
    }

    @Test
    void the_labels_are_those_of_the_wire() {
        assertEquals(
                List.of("unknown", "queued", "ringing", "in_progress", "forwarding", "ended"),
                ALL.stream().map(CallState::label).toList());
        ALL.forEach(state -> assertEquals(state, CallState.labelled(state.label())));
        assertThrows(IllegalArgumentException.class, () -> CallState.labelled("lost"));
    }
}
