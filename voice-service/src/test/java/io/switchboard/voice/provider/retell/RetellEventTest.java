package io.switchboard.voice.provider.retell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Retell's events tell of a call, also where they tell it wrongly. */
class RetellEventTest {
    private static final Instant START = Instant.parse("2026-06-01T13:00:00Z");
    private static final Instant END = Instant.parse("2026-06-01T13:01:11Z");
    private static final String SAID = "AI: Acme Dental, how can I help?\nUser: Can I book a cleaning on Thursday?\n";

    @Test
    void an_analyzed_call_tells_all_there_is() {
        CallEvent event = Fixtures.sample("retell/call_analyzed.json");
        assertEquals(Kind.REPORT, event.kind());
        assertEquals(CallState.ENDED, event.status());
        assertEquals(true, event.answered());
        assertEquals(new Parties(CallDirection.INBOUND, "+15555550142", "+15555550100"), event.parties());
        assertEquals(new CallTimes(Moment.stated(START), Moment.stated(START), Moment.stated(END)), event.times());
        assertEquals(SAID, event.transcript());
        assertEquals(List.of(new CallKey("twilio", "CAe33e1417ed30d158a2fc1da164261a10")), event.keys());
        Report report = event.report();
        assertEquals("user_hangup", report.get(ReportField.ENDED_REASON));
        assertEquals(71, report.get(ReportField.DURATION_SECONDS));
        assertEquals(new BigDecimal("0.112000"), report.get(ReportField.COST));
        assertEquals("USD", report.get(ReportField.CURRENCY));
        assertEquals(3_200, report.get(ReportField.TOKENS));
        assertEquals("The caller booked a cleaning for Thursday.", report.get(ReportField.SUMMARY));
        assertEquals("true", report.get(ReportField.SUCCESS_EVALUATION));
        assertEquals(true, report.get(ReportField.SUCCESS));
        assertEquals(AnsweredBy.HUMAN, report.get(ReportField.ANSWERED_BY));
        assertEquals(
                "https://storage.example.com/retell/call_f621827f917c793897ac98d1d63.wav",
                report.get(ReportField.RECORDING_URL));
        assertEquals("CAe33e1417ed30d158a2fc1da164261a10", report.get(ReportField.CARRIER_CALL_ID));
        assertEquals("agent_0e78f768605be11d8c63a44f9c", event.metadata().get("assistantId"));
        assertEquals("4", event.metadata().get("assistantVersion"));
        assertEquals("normal", event.metadata().get("endedGroup"));
        assertEquals("Positive", event.metadata().get("userSentiment"));
    }

    @Test
    void what_is_analyzed_outweighs_what_only_ended() {
        CallEvent ended = Fixtures.sample("retell/call_ended.json");
        CallEvent analyzed = Fixtures.sample("retell/call_analyzed.json");
        assertTrue(analyzed.rank() > ended.rank());
        String third = Fixtures.text("retell/call_analyzed.json");
        assertTrue(Fixtures.event("retell", third, 9).rank() > ended.rank());
        assertEquals(SAID, ended.transcript());
        assertNull(ended.report().get(ReportField.SUCCESS));
        assertNull(ended.report().get(ReportField.ANSWERED_BY));
    }

    @Test
    void a_started_call_is_answered_at_its_start() {
        CallEvent event = Fixtures.sample("retell/call_started.json");
        assertEquals(Kind.CHANGE, event.kind());
        assertEquals(CallState.IN_PROGRESS, event.status());
        assertEquals(new CallTimes(Moment.stated(START), Moment.event(START), null), event.times());
        assertEquals(START, event.at());
    }

    @Test
    void a_dial_that_nobody_took_is_an_unanswered_call() {
        CallEvent event = Fixtures.sample("retell/call_ended-dial-no-answer.json");
        assertEquals(false, event.answered());
        assertEquals(new Parties(CallDirection.OUTBOUND, "+15555550100", "+15555550177"), event.parties());
        assertEquals(new CallTimes(Moment.stated(START), null, Moment.stated(START.plusSeconds(30))), event.times());
        assertEquals("dial_no_answer", event.report().get(ReportField.ENDED_REASON));
        assertNull(event.report().get(ReportField.DURATION_SECONDS));
        assertEquals("not_reached", event.metadata().get("endedGroup"));
    }

    @Test
    void a_talk_so_far_is_as_new_as_its_last_word() {
        CallEvent event = Fixtures.sample("retell/transcript_updated.json");
        assertEquals(Kind.CONVERSATION, event.kind());
        assertEquals(SAID, event.transcript());
        assertEquals(START.plusMillis(2_400), event.at());
        assertEquals(CallState.IN_PROGRESS, event.status());
    }

    @Test
    void a_bridged_transfer_forwards_the_call() {
        CallEvent bridged = Fixtures.sample("retell/transfer_bridged.json");
        assertEquals(CallState.FORWARDING, bridged.status());
        assertEquals("+15555550110", bridged.metadata().get("forwardedTo"));
        assertEquals(
                CallState.IN_PROGRESS,
                Fixtures.sample("retell/transfer_started.json").status());
        CallEvent cancelled = Fixtures.sample("retell/transfer_cancelled.json");
        assertEquals(Kind.SIGHTING, cancelled.kind());
        assertNull(cancelled.metadata().get("forwardedTo"));
        assertEquals(
                "sip:desk@example.com",
                ended("\"transfer_destination\":\"sip:desk@example.com\"")
                        .metadata()
                        .get("forwardedTo"));
    }

    @Test
    void a_web_call_has_no_numbers() {
        CallEvent event = ended("\"call_type\":\"web_call\"");
        assertEquals(new Parties(CallDirection.WEB, null, null), event.parties());
        assertEquals(List.of(), event.keys());
    }

    @ParameterizedTest
    @CsvSource({
        "dial_busy, false",
        "user_declined, false",
        "registered_call_timeout, false",
        "concurrency_limit_reached, false",
        "user_hangup, true",
        "voicemail_reached, true",
        "error_retell, true",
        "brand_new, true"
    })
    void the_reason_tells_that_a_call_was_not_answered(String reason, boolean answered) {
        assertEquals(
                answered,
                ended("\"duration_ms\":9000,\"disconnection_reason\":\"" + reason + "\"")
                        .answered());
    }

    @Test
    void a_missing_proof_proves_nothing() {
        assertNull(ended("\"disconnection_reason\":\"user_hangup\",\"duration_ms\":0")
                .answered());
        assertNull(ended("\"transcript\":\"Agent: Hello?\\n\"").answered());
        assertTrue(ended("\"transcript\":\"Agent: Hello?\\nUser: Yes.\\n\"").answered());
        assertFalse(
                ended("\"call_status\":\"not_connected\",\"duration_ms\":9000").answered());
    }

    @Test
    void a_machine_is_told_by_reason_or_analysis() {
        assertEquals(AnsweredBy.MACHINE, by("\"disconnection_reason\":\"voicemail_reached\""));
        assertEquals(AnsweredBy.MACHINE, by("\"call_analysis\":{\"in_voicemail\":true}"));
        assertEquals(AnsweredBy.HUMAN, by("\"duration_ms\":5,\"call_analysis\":{\"in_voicemail\":false}"));
        assertNull(by("\"call_analysis\":{\"in_voicemail\":false}"));
        assertNull(by("\"duration_ms\":5,\"call_analysis\":{\"in_voicemail\":\"no\"}"));
    }

    @Test
    void the_talk_begins_when_its_length_says() {
        CallEvent event =
                ended("\"start_timestamp\":1780318800000,\"end_timestamp\":1780318871000,\"duration_ms\":60500");
        assertEquals(Moment.stated(END.minusMillis(60_500)), event.times().answered());
        assertEquals(60, event.report().get(ReportField.DURATION_SECONDS));
        CallEvent startless = ended("\"end_timestamp\":1780318871000,\"duration_ms\":60000");
        assertEquals(Moment.event(END.minusSeconds(60)), startless.times().started());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"transcript_object\":TURNS",
                "\"transcript_object\":[],\"transcript_with_tool_calls\":TURNS",
                "\"transcript_object\":null,\"scrubbed_transcript_with_tool_calls\":TURNS",
                "\"transcript_object\":7,\"transcript\":\"Agent: Hi.\\nUser: A cleaning, please.\\n\""
            })
    void what_was_said_is_found_wherever_it_is(String where) {
        String turns = "[{\"role\":\"agent\",\"content\":\"Hi.\"},7,null,{\"role\":\"tool_call_invocation\","
                + "\"content\":\"book\"},{\"role\":\"agent\",\"content\":null},{\"role\":\"sms\",\"content\":\"x\"},"
                + "{\"role\":\"user\",\"content\":[\"A cleaning\",\"please.\"]}]";
        assertEquals(
                "AI: Hi.\nUser: A cleaning, please.",
                ended(where.replace("TURNS", turns)).transcript().strip());
    }

    @Test
    void a_hot_lead_is_found_in_the_analysis() {
        assertEquals(
                LeadScore.HOT,
                ended("\"call_analysis\":{\"custom_analysis_data\":{\"lead_score\":\"Hot\"}}")
                        .report()
                        .get(ReportField.LEAD_SCORE));
    }

    @Test
    void a_recording_without_names_is_taken_where_there_is_no_other() {
        assertEquals(
                "https://r.example.com/s.wav",
                ended("\"recording_url\":\"\",\"scrubbed_recording_url\":\"https://r.example.com/s.wav\"")
                        .report()
                        .get(ReportField.RECORDING_URL));
    }

    private static AnsweredBy by(String fields) {
        return ended(fields).report().get(ReportField.ANSWERED_BY);
    }

    static CallEvent ended(String fields) {
        return Fixtures.event("retell", "{\"event\":\"call_ended\",\"call\":{\"call_id\":\"c1\"," + fields + "}}");
    }
}
