package io.switchboard.voice.provider.plivo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes.Basis;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.callevent.TranscriptFragment.Speaker;
import io.switchboard.voice.provider.Fixtures;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a callback tells of its call. */
class PlivoCallbackTest {
    private static final String CALL = "ee78123a-2f3b-54a9-8e4e-78e2f8846bf7";
    private static final String RECORDING = "a37d19d1-2bfe-5fa1-8141-b85a329a34e3";

    @Test
    void a_hangup_tells_the_whole_call() {
        CallEvent told = sample("hangup");
        assertEquals(CALL, told.callId());
        assertEquals(CallState.ENDED, told.status());
        assertEquals(true, told.answered());
        assertEquals(new Parties(CallDirection.INBOUND, "15555550142", "15555550100"), told.parties());
        assertEquals(stated("2026-06-01T13:00:00Z"), told.times().started());
        assertEquals(stated("2026-06-01T13:00:02Z"), told.times().answered());
        assertEquals(stated("2026-06-01T13:01:13Z"), told.times().ended());
        assertEquals(71, told.report().get(ReportField.DURATION_SECONDS), "not the 120 seconds that are billed");
        assertEquals(new BigDecimal("0.011000"), told.report().get(ReportField.COST));
        assertEquals("USD", told.report().get(ReportField.CURRENCY));
        assertEquals("NORMAL_CLEARING", told.report().get(ReportField.ENDED_REASON));
        assertEquals("Caller", told.metadata().get("hangupSource"));
        assertNull(told.report().get(ReportField.CUSTOMER_NAME), "a number is no name");
        assertEquals(List.of(), told.keys());
    }

    @Test
    void a_busy_line_was_not_answered() {
        CallEvent told = sample("hangup-busy");
        assertEquals(false, told.answered());
        assertEquals(new Parties(CallDirection.OUTBOUND, "15555550100", "15555550177"), told.parties());
        assertEquals("USER_BUSY", told.report().get(ReportField.ENDED_REASON));
        assertNull(told.times().answered());
        assertNull(told.report().get(ReportField.DURATION_SECONDS));
        assertEquals(stated("2026-06-01T13:00:09Z"), told.times().ended());
    }

    @ParameterizedTest
    @CsvSource({
        "CallStatus=completed&Duration=5, true",
        "CallStatus=completed&Duration=0, false",
        "CallStatus=completed,",
        "CallStatus=completed&AnswerTime=2026-06-01 13:00:02, true",
        "CallStatus=timeout, false",
        "CallStatus=no-answer&Duration=0, false",
        "CallStatus=failed, false",
        "CallStatus=,"
    })
    void a_hangup_tells_whether_it_was_answered(String fields, Boolean answered) {
        assertEquals(
                answered,
                Fixtures.event("plivo", "CallUUID=c&Event=Hangup&" + fields).answered());
    }

    @Test
    void the_answer_is_counted_back_from_the_end() {
        CallEvent told = Fixtures.event(
                "plivo", "CallUUID=c&Event=Hangup&CallStatus=completed&Duration=60&EndTime=2026-06-01+13:01:02");
        assertEquals(
                new Moment(Instant.parse("2026-06-01T13:00:02Z"), Basis.EVENT),
                told.times().answered());
    }

    @Test
    void earlier_requests_tell_state_parties_and_start() {
        CallEvent told = sample("answer");
        assertEquals(CallState.RINGING, told.status());
        assertEquals(new Parties(CallDirection.INBOUND, "15555550142", "15555550100"), told.parties());
        assertEquals(
                new Moment(Instant.parse("2026-06-01T13:00:00.123456Z"), Basis.EVENT),
                told.times().started());
        assertNull(told.times().ended());
    }

    @Test
    void recordings_and_transcriptions_fill_in_what_they_know() {
        CallEvent recorded = sample("record-callback");
        assertEquals("https://media.example.com/acme.mp3", recorded.report().get(ReportField.RECORDING_URL));
        assertEquals(RECORDING, recorded.metadata().get("recordingId"));
        CallEvent late = Fixtures.event("plivo", "CallUUID=c&RecordingID=r&RecordUrl=x&CallStatus=completed");
        assertEquals(CallState.ENDED, late.status());
        assertNull(late.times().ended(), "a recording may come long after the end");
        for (String running : List.of("RecordingDuration=-1", "RecordingEndMs=-1", "recording_end_ms=-1")) {
            assertNull(Fixtures.event("plivo", "CallUUID=c&RecordingID=r&RecordUrl=x&" + running)
                    .report()
                    .get(ReportField.RECORDING_URL));
        }
        CallEvent talk = Fixtures.event(
                "plivo", "call_uuid=c&recording_id=r&transcription=Please+call+back.&transcription_charge=0.1");
        assertEquals("c", talk.callId());
        assertEquals("Please call back.", talk.transcript());
    }

    @Test
    void what_the_caller_said_to_a_prompt_is_a_fragment() {
        var fragments = sample("get-input-speech").fragments();
        assertEquals(1, fragments.size());
        assertEquals("book a cleaning", fragments.get(0).text());
        assertEquals(Speaker.CONTACT, fragments.get(0).speaker());
        assertEquals(
                fragments.get(0).key(),
                sample("get-input-speech").fragments().get(0).key());
    }

    @ParameterizedTest
    @CsvSource({"true, MACHINE", "True, MACHINE", "false, HUMAN", "perhaps,"})
    void machine_detection_tells_who_answered(String machine, AnsweredBy answeredBy) {
        CallEvent told =
                Fixtures.event("plivo", "CallUUID=c&Event=MachineDetection&CallStatus=in-progress&Machine=" + machine);
        assertEquals(answeredBy, told.report().get(ReportField.ANSWERED_BY));
    }

    @Test
    void a_call_goes_by_the_ids_of_its_legs() {
        CallEvent told = Fixtures.event(
                "plivo", "CallUUID=b&ALegUUID=a&RequestUUID=b&ALegRequestUUID=r&DialBLegUUID=d&Event=Ring");
        assertEquals(
                List.of(new CallKey("plivo", "a"), new CallKey("plivo", "r"), new CallKey("plivo", "d")), told.keys());
        assertEquals("a", told.report().get(ReportField.PARENT_CALL_ID));
        assertNull(sample("ring").report().get(ReportField.PARENT_CALL_ID), "the first leg has no other");
        assertEquals(List.of(), sample("ring").keys());
    }

    private static Moment stated(String time) {
        return Moment.stated(Instant.parse(time));
    }

    private static CallEvent sample(String name) {
        return Fixtures.sample("plivo/" + name + ".form");
    }
}
