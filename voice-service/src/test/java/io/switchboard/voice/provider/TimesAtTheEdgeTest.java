package io.switchboard.voice.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.ReportField;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What adapters work out from a stated time stays within the years that an answer can show. */
class TimesAtTheEdgeTest {
    @Test
    void an_end_beyond_the_last_year_is_that_of_the_report() {
        CallEvent event = Fixtures.event(
                "elevenlabs",
                "{\"type\":\"post_call_transcription\",\"data\":{\"conversation_id\":\"c1\",\"metadata\":{"
                        + "\"start_time_unix_secs\":\"9999-12-31T23:59:59Z\",\"call_duration_secs\":60}}}");
        assertEquals(Moment.arrival(Fixtures.ARRIVED), event.times().ended());
        assertEquals(60, event.report().get(ReportField.DURATION_SECONDS));
    }

    @Test
    void a_talk_that_began_before_the_first_year_has_no_beginning() {
        CallEvent event = Fixtures.event(
                "retell",
                "{\"event\":\"call_ended\",\"call\":{\"call_id\":\"c1\","
                        + "\"end_timestamp\":\"0001-01-01T00:00:10Z\",\"duration_ms\":60000}}");
        assertNull(event.times().answered());
        assertEquals(
                Instant.parse("0001-01-01T00:00:10Z"), event.times().started().at());
    }

    @Test
    void a_word_beyond_the_last_year_was_said_at_no_time() {
        String talk = "{\"event\":\"transcript_updated\",\"call\":{\"call_id\":\"c1\",\"start_timestamp\":"
                + "\"9999-12-31T23:59:59Z\",\"transcript_object\":[{\"words\":[{\"end\":9.5}]}]}}";
        assertNull(Fixtures.identify("retell", talk).sentAt());
        assertEquals(Fixtures.ARRIVED, Fixtures.event("retell", talk).at());
    }

    @Test
    void a_sequence_number_does_not_lead_into_the_next_year() {
        CallEvent event = Fixtures.event(
                "twilio",
                "CallSid=CA7&CallStatus=completed&CallbackSource=call-progress-events&SequenceNumber=7"
                        + "&Timestamp=9999-12-31T23:59:59.999Z");
        assertEquals(Instant.parse("9999-12-31T23:59:59.999Z"), event.at());
    }
}
