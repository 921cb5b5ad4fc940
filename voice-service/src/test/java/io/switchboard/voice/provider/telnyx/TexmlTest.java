package io.switchboard.voice.provider.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes.Basis;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.callevent.TranscriptFragment.Speaker;
import io.switchboard.voice.provider.Fixtures;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks of calls that TeXML controls. */
class TexmlTest {
    private static final String CALL = "CallSid=v3%3Ac&CallSidLegacy=v3%3Ac&AccountSid=acme";
    private static final String STATUS = CALL + "&CallbackSource=call-progress-events&From=%2B15555550142"
            + "&To=%2B15555550100&Timestamp=2026-06-01+13%3A01%3A13.731479Z";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "&CallStatus=completed&CallbackSource=call-progress-events&SequenceNumber=3 | v3:c:3:completed | status",
                "&CallStatus=ringing | v3:c:instructions:ringing | instructions",
                "&AnsweredBy=human&CallStatus=in-progress&CallbackSource=amd | v3:c:amd:human | amd",
                "&DialCallSid=v3:d&DialCallStatus=busy | v3:c:dial:v3:d:busy | dial-action",
                "&RecordingSid=r1&RecordingStatus=completed | v3:c:r1:completed | recording",
                "&TranscriptionSid=t1&TranscriptionStatus=completed&RecordingSid=r1 | v3:c:t1:completed | transcription"
            })
    void callbacks_are_named_by_the_fields_that_make_them_one_event(String fields, String name, String type) {
        var event = Fixtures.identify("telnyx", CALL + fields);
        assertEquals(name, event.eventId());
        assertEquals("texml." + type, event.type());
        assertEquals("v3:c", event.callKey());
    }

    @Test
    void what_has_no_id_is_told_apart_by_its_values() {
        assertEquals(name("&Transcript=yes&IsFinal=true"), name("&IsFinal=true&Transcript=yes"));
        assertNotEquals(name("&Transcript=yes"), name("&Transcript=no"));
        assertNotEquals(name("&Digits=1"), name("&Digits=2"));
        assertNotEquals(name("&Novelty=1"), name("&Novelty=2"));
    }

    @Test
    void a_form_has_at_most_300_fields() {
        assertEquals(
                "The form has more than 300 fields.",
                Fixtures.identify("telnyx", CALL + "&a".repeat(300)).flaw());
    }

    @Test
    void a_completed_call_tells_its_times_and_ids() {
        CallEvent told = Fixtures.event(
                "telnyx",
                STATUS + "&CallStatus=completed&SequenceNumber=3&CallDuration=71&HangupCause=normal_clearing"
                        + "&CallInitiatedAt=2026-06-01T13:00:00.5Z&AnsweredTime=2026-06-01T13:00:02Z"
                        + "&EndTime=2026-06-01T13:01:13Z&CallLegId=leg&CallSessionId=session&CallControlId=v3%3Ac"
                        + "&HangupSource=caller&ParentCallSid=v3%3Ap");
        assertEquals("v3:c", told.callId());
        assertEquals(CallState.ENDED, told.status());
        assertEquals(true, told.answered());
        assertEquals(new Parties(null, "+15555550142", "+15555550100"), told.parties());
        assertEquals(stated("2026-06-01T13:00:00.500Z"), told.times().started());
        assertEquals(stated("2026-06-01T13:00:02Z"), told.times().answered());
        assertEquals(stated("2026-06-01T13:01:13Z"), told.times().ended());
        assertEquals(71, told.report().get(ReportField.DURATION_SECONDS));
        assertEquals("normal_clearing", told.report().get(ReportField.ENDED_REASON));
        assertEquals("v3:p", told.report().get(ReportField.PARENT_CALL_ID));
        assertEquals(
                List.of(new CallKey("telnyx", "leg"), new CallKey("telnyx", "session"), new CallKey("telnyx", "v3:p")),
                told.keys());
    }

    @Test
    void a_status_has_the_time_at_which_it_was_told() {
        CallEvent told = Fixtures.event("telnyx", STATUS + "&CallStatus=in-progress");
        assertEquals(stated("2026-06-01T13:01:13.731479Z"), told.times().answered());
        CallEvent ended = Fixtures.event("telnyx", STATUS + "&CallStatus=busy");
        assertEquals(
                new Moment(Instant.parse("2026-06-01T13:01:13.731479Z"), Basis.EVENT),
                ended.times().ended());
        assertEquals("busy", ended.report().get(ReportField.ENDED_REASON));
    }

    @ParameterizedTest
    @CsvSource({
        "completed, 5, true",
        "completed, 0, false",
        "completed,,",
        "completed, 1e30000000,",
        "busy, 5, false",
        "no-answer,, false",
        "failed,, false",
        "canceled,, false"
    })
    void the_status_and_the_duration_tell_whether_it_was_answered(String status, String duration, Boolean answered) {
        CallEvent told = Fixtures.event(
                "telnyx", STATUS + "&CallStatus=" + status + "&CallDuration=" + (duration == null ? "" : duration));
        assertEquals(answered, told.answered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+10000-01-01 00:00:00Z", "1e30000000", "yesterday", "", "\u0000"})
    void a_time_that_is_none_is_that_of_the_arrival(String time) {
        CallEvent told = Fixtures.event(
                "telnyx",
                CALL + "&CallbackSource=x&CallStatus=completed&Timestamp="
                        + URLEncoder.encode(time, StandardCharsets.UTF_8));
        assertEquals(new Moment(Fixtures.ARRIVED, Basis.ARRIVAL), told.times().ended());
    }

    @Test
    void recordings_transcriptions_and_machines_fill_in_what_they_know() {
        CallEvent recorded = Fixtures.event(
                "telnyx", CALL + "&RecordingStatus=completed&RecordingSid=r1&RecordingUrl=https%3A%2F%2Fr.example%2F1");
        assertEquals("https://r.example/1", recorded.report().get(ReportField.RECORDING_URL));
        assertEquals("r1", recorded.metadata().get("recordingId"));
        CallEvent running = Fixtures.event("telnyx", CALL + "&RecordingStatus=in-progress&RecordingUrl=https://r");
        assertNull(running.report().get(ReportField.RECORDING_URL));
        CallEvent talk =
                Fixtures.event("telnyx", CALL + "&TranscriptionSid=t1&TranscriptionText=Good+morning.&CallStatus=x");
        assertEquals("Good morning.", talk.transcript());
        CallEvent machine = Fixtures.event("telnyx", CALL + "&AnsweredBy=machine_end_beep");
        assertEquals(AnsweredBy.MACHINE, machine.report().get(ReportField.ANSWERED_BY));
    }

    @Test
    void utterances_are_fragments() {
        CallEvent told = Fixtures.event("telnyx", CALL + "&Transcript=a+cleaning&IsFinal=true&Confidence=0.9");
        assertEquals(1, told.fragments().size());
        assertEquals("a cleaning", told.fragments().get(0).text());
        assertEquals(Speaker.OTHER, told.fragments().get(0).speaker());
        assertTrue(Fixtures.event("telnyx", CALL + "&Transcript=a+clean&IsFinal=False")
                .fragments()
                .isEmpty());
    }

    private static Moment stated(String time) {
        return Moment.stated(Instant.parse(time));
    }

    private static String name(String fields) {
        return Fixtures.identify("telnyx", CALL + fields).eventId();
    }
}
