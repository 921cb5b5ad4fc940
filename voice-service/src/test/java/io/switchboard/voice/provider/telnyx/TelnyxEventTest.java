package io.switchboard.voice.provider.telnyx;

import static io.switchboard.voice.provider.telnyx.TelnyxTest.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes.Basis;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.callevent.TranscriptFragment;
import io.switchboard.voice.callevent.TranscriptFragment.Speaker;
import io.switchboard.voice.provider.Fixtures;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What call control tells of a call. */
class TelnyxEventTest {
    private static final String LEG = "6cc483c2-a6d6-5bba-8946-123cde0ad319";
    private static final String CONTROL = "v3:rBoDYQ4R6wKfZNSRRzBvRnuGbSgqrEuOvZzuN00MvMg";
    private static final String SESSION = "cb99d064-644a-5b27-9abf-aa347d794e1e";

    @Test
    void unknown_events_are_kept_with_their_call() {
        CallEvent told = Fixtures.event("telnyx", event("call.novelty", "\"call_leg_id\": \"leg\""));
        assertEquals("leg", told.callId());
        assertEquals(CallEvent.Kind.SIGHTING, told.kind());
        assertNull(told.status());
        assertNull(Fixtures.identify("telnyx", event("conference.ended", "\"call_session_id\": \"s\""))
                .callKey());
    }

    @Test
    void a_call_goes_by_leg_command_id_and_session() {
        CallEvent told = sample("call.initiated");
        assertEquals(LEG, told.callId());
        assertEquals(List.of(new CallKey("telnyx", CONTROL), new CallKey("telnyx", SESSION)), told.keys());
        assertEquals(
                List.of(new CallKey("telnyx", SESSION)),
                sample("call.recording.saved").keys());
    }

    @Test
    void the_first_event_tells_the_parties() {
        CallEvent told = sample("call.initiated");
        assertEquals(CallState.RINGING, told.status());
        assertEquals(new Parties(CallDirection.INBOUND, "+15555550142", "+15555550100"), told.parties());
        assertEquals(
                new Moment(Instant.parse("2026-06-01T13:00:00.101234Z"), Basis.STATED),
                told.times().started());
        assertEquals("ACME CALLER", told.report().get(ReportField.CUSTOMER_NAME));
        String outgoing = Fixtures.text("telnyx/call.initiated.json").replace("incoming", "outgoing");
        CallEvent out = Fixtures.event("telnyx", outgoing);
        assertEquals(CallDirection.OUTBOUND, out.parties().direction());
        assertNull(out.report().get(ReportField.CUSTOMER_NAME), "it is the organization's own");
    }

    @Test
    void the_answer_and_the_hangup_have_their_times() {
        CallEvent answer = sample("call.answered");
        assertEquals(CallState.IN_PROGRESS, answer.status());
        assertEquals(
                new Moment(Instant.parse("2026-06-01T13:00:02.501234Z"), Basis.STATED),
                answer.times().answered());
        CallEvent hangup = sample("call.hangup");
        assertEquals(CallState.ENDED, hangup.status());
        assertNull(hangup.answered(), "a normal end proves no answer");
        assertEquals(
                new Moment(Instant.parse("2026-06-01T13:01:11.901234Z"), Basis.STATED),
                hangup.times().ended());
        assertEquals("normal_clearing", hangup.report().get(ReportField.ENDED_REASON));
        assertEquals("caller", hangup.metadata().get("hangupSource"));
        CallEvent timeless = Fixtures.event(
                "telnyx", Fixtures.text("telnyx/call.hangup.json").replace("\"end_time\"", "\"was\""));
        assertEquals(
                new Moment(Instant.parse("2026-06-01T13:01:11.951234Z"), Basis.EVENT),
                timeless.times().ended());
    }

    @ParameterizedTest
    @CsvSource({
        "user_busy, false",
        "no_answer, false",
        "originator_cancel, false",
        "call_rejected, false",
        "timeout, false",
        "not_found, false",
        "time_limit, true",
        "normal_clearing,",
        "unspecified,",
        "novelty,"
    })
    void the_cause_tells_whether_a_call_was_answered(String cause, Boolean answered) {
        String body = Fixtures.text("telnyx/call.hangup.json").replace("normal_clearing", cause);
        assertEquals(answered, Fixtures.event("telnyx", body).answered());
    }

    @ParameterizedTest
    @CsvSource({
        "call.machine.detection.ended, human, HUMAN",
        "call.machine.detection.ended, machine, MACHINE",
        "call.machine.detection.ended, not_sure, UNKNOWN",
        "call.machine.premium.detection.ended, human_residence, HUMAN",
        "call.machine.premium.detection.ended, human_business, HUMAN",
        "call.machine.premium.detection.ended, fax_detected, MACHINE",
        "call.machine.premium.detection.ended, silence, UNKNOWN",
        "call.machine.premium.greeting.ended, beep_detected, MACHINE",
        "call.machine.greeting.ended, ended, MACHINE",
        "call.machine.greeting.ended, not_sure,"
    })
    void machine_detection_tells_who_answered(String type, String result, AnsweredBy answeredBy) {
        CallEvent told =
                Fixtures.event("telnyx", event(type, "\"call_leg_id\": \"leg\", \"result\": \"" + result + "\""));
        assertEquals(answeredBy, told.report().get(ReportField.ANSWERED_BY));
        assertEquals(result, told.metadata().get("answeredBy"));
        assertEquals(true, told.answered());
    }

    @Test
    void costs_recordings_and_insights_fill_in_what_they_know() {
        CallEvent cost = sample("call.cost");
        assertEquals(new BigDecimal("0.014400"), cost.report().get(ReportField.COST));
        assertEquals("USD", cost.report().get(ReportField.CURRENCY));
        assertNull(cost.report().get(ReportField.DURATION_SECONDS), "billed seconds are no talk");
        assertEquals(
                "https://s3.example.com/recordings/acme.mp3?sig=demo",
                sample("call.recording.saved").report().get(ReportField.RECORDING_URL));
        assertTrue(String.valueOf(sample("call.recording.error").metadata().get("recordingError"))
                .startsWith("Failed to authorize"));
        CallEvent insights = sample("call.conversation_insights.generated");
        assertEquals("Caller booked a cleaning.", insights.report().get(ReportField.SUMMARY));
        CallEvent talk = sample("call.conversation.ended");
        assertEquals(true, talk.answered());
        assertEquals("68", talk.metadata().get("conversationSeconds"));
        assertEquals(
                "assistant-adc5aa2c-4032-5724-8e4a-9f819918a8f3",
                talk.metadata().get("assistantId"));
    }

    @Test
    void an_insight_may_tell_whether_the_call_was_a_success() {
        CallEvent told = Fixtures.event(
                "telnyx",
                event(
                        "call.conversation_insights.generated",
                        "\"call_leg_id\": \"leg\", \"results\": [{\"result\": \"One.\"}, {\"result\": \"Two.\"}, 3,"
                                + " {\"result\": {\"success\": false}}]"));
        assertEquals("One.\nTwo.", told.report().get(ReportField.SUMMARY));
        assertEquals(false, told.report().get(ReportField.SUCCESS));
    }

    @Test
    void deepfake_detection_is_kept_with_the_call() {
        CallEvent told = Fixtures.event(
                "telnyx",
                event(
                        "call.deepfake_detection.result",
                        "\"call_leg_id\": \"leg\", \"result\": \"fake\", \"score\": 0.97, \"consistency\": 91.5"));
        assertEquals(
                Map.of("deepfakeResult", "fake", "deepfakeScore", "0.97", "deepfakeConsistency", "91.5"),
                told.metadata());
        assertEquals(
                Map.of("deepfakeError", "rtp_timeout"),
                Fixtures.event(
                                "telnyx",
                                event(
                                        "call.deepfake_detection.error",
                                        "\"call_leg_id\": \"leg\", \"error\": \"rtp_timeout\""))
                        .metadata());
    }

    @Test
    void utterances_are_fragments_and_recordings_whole_transcripts() {
        assertEquals(
                List.of(new TranscriptFragment(
                        "dbac3d97-8987-59e0-bf4d-359787b32104",
                        Speaker.CONTACT,
                        "a cleaning on thursday",
                        null,
                        Instant.parse("2026-06-01T13:00:23.001234Z"))),
                sample("call.transcription").fragments());
        String live = Fixtures.text("telnyx/call.transcription.json");
        assertEquals(
                Speaker.AGENT,
                Fixtures.event("telnyx", live.replace("\"inbound\"", "\"outbound\""))
                        .fragments()
                        .get(0)
                        .speaker());
        for (String interim : List.of("false", "\"false\"")) {
            assertEquals(
                    List.of(),
                    Fixtures.event("telnyx", live.replace("\"is_final\": true", "\"is_final\": " + interim))
                            .fragments());
        }
        assertEquals(
                "Acme Dental, how can I help? A cleaning on Thursday.",
                sample("call.recording.transcription.saved").transcript());
        assertEquals(
                "AI: What can I book for you?\nUser: A cleaning on Thursday.",
                sample("call.ai_gather.ended").transcript());
    }

    private static CallEvent sample(String name) {
        return Fixtures.sample("telnyx/" + name + ".json");
    }
}
