package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Organizations read why an event failed: in sentences of ours, never in a library's or the database's words. */
class EventReasonsTest {
    @Test
    void each_reason_in_the_code_is_a_sentence() {
        for (var reason : EventReasons.all()) {
            assertTrue(reason.matches("(#|[A-Z][a-z]+) [^\"\\\\{}]{5,120}[.]"), "No sentence: " + reason);
            assertFalse(reason.matches("(?i).*(exception|sqlstate|null|error:|java).*"), reason);
        }
    }

    @Test
    void the_reasons_are_found_wherever_they_are() {
        var known = List.of(
                "The body is not JSON.",
                "The delivery has more than # events.",
                "The form has more than # fields.",
                "An identifier has more than # characters.",
                "The event could not be translated.",
                "The event took too long to translate.",
                "The database refuses a value of the event.",
                "An internal error stopped the work on the event.",
                "# refused what follows from the event (status #).",
                "The worker stopped while it had the event.",
                "The worker stopped twice while it had the event.");
        var all = EventReasons.all();
        known.forEach(reason -> assertTrue(all.contains(reason), reason + " is none of " + all));
        var stranger = "ERROR: value too long for type character varying(10) (22001)";
        assertEquals(
                List.of(stranger),
                EventReasons.strangersAmong(
                        List.of("crm-service refused what follows from the event (status 422).", stranger)));
    }
}
