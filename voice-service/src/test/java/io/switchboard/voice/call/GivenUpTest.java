package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallEventBuilder;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GivenUpTest {
    private static final String REASON = "settled-unknown";

    @Test
    void what_says_nothing_of_the_state_leaves_a_call_given_up() {
        var after = givenUp().after(event(Kind.SIGHTING).build(), "US");
        assertEquals(CallState.UNKNOWN, after.state());
        assertEquals(REASON, after.report().get(ReportField.ENDED_REASON));
    }

    @Test
    void an_end_without_a_reason_takes_the_mark_away() {
        var after = givenUp().after(event(Kind.SIGHTING).status(CallState.ENDED).build(), "US");
        assertEquals(CallState.ENDED, after.state());
        assertNull(after.report().get(ReportField.ENDED_REASON));
    }

    @Test
    void a_late_reason_replaces_the_mark() {
        var told = Report.NONE.with(ReportField.ENDED_REASON, "customer-ended-call");
        var ended = event(Kind.SIGHTING).status(CallState.ENDED).report(told).build();
        assertEquals(
                "customer-ended-call", givenUp().after(ended, "US").report().get(ReportField.ENDED_REASON));
    }

    @Test
    void a_leg_s_end_takes_the_mark_from_the_head() {
        var leg = Call.first(
                UUID.randomUUID(), event(Kind.CHANGE).status(CallState.ENDED).build(), "US");
        var head = BorrowedFields.borrow(givenUp(), List.of(leg));
        assertEquals(CallState.ENDED, head.state());
        assertNull(head.report().get(ReportField.ENDED_REASON));
    }

    private static Call givenUp() {
        return new Call(
                UUID.randomUUID(),
                "vapi",
                "v-1",
                CallState.UNKNOWN,
                true,
                Parties.UNKNOWN,
                null,
                null,
                new Call.Times(Instant.EPOCH, null, null),
                Report.NONE.with(ReportField.ENDED_REASON, REASON),
                null,
                Map.of(),
                Map.of(),
                false);
    }

    private static CallEventBuilder event(Kind kind) {
        return CallEvent.of("vapi", "v-1", kind, Instant.parse("2026-06-01T13:00:00Z"));
    }
}
