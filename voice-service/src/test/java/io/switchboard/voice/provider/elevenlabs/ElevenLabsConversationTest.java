package io.switchboard.voice.provider.elevenlabs;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.RawEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ElevenLabs' events tell of a call, also where they tell it wrongly. */
class ElevenLabsConversationTest {
    private static final Instant START = Instant.parse("2026-06-01T13:00:00Z");

    @Test
    void a_report_tells_all_there_is() {
        CallEvent event = Fixtures.sample("elevenlabs/post_call_transcription.json");
        assertEquals(Kind.REPORT, event.kind());
        assertEquals(CallState.ENDED, event.status());
        assertEquals(true, event.answered());
        assertEquals(new Parties(CallDirection.INBOUND, "+15555550142", "+15555550100"), event.parties());
        assertEquals(
                new CallTimes(
                        Moment.stated(START), Moment.stated(START.plusSeconds(1)), Moment.event(START.plusSeconds(71))),
                event.times());
        assertEquals(
                "AI: Acme Dental, how can I help?\nUser: Can I book a cleaning on Thursday?\n"
                        + "AI: Booked for nine thirty.\n",
                event.transcript());
        assertEquals(List.of(new CallKey("twilio", "CA9c83d636156642b58318bae947b8b628")), event.keys());
        Report report = event.report();
        assertEquals("end_call tool was called.", report.get(ReportField.ENDED_REASON));
        assertEquals(71, report.get(ReportField.DURATION_SECONDS));
        assertEquals("Caller booked a cleaning.", report.get(ReportField.SUMMARY));
        assertEquals("success", report.get(ReportField.SUCCESS_EVALUATION));
        assertEquals(true, report.get(ReportField.SUCCESS));
        assertEquals("CA9c83d636156642b58318bae947b8b628", report.get(ReportField.CARRIER_CALL_ID));
        assertNull(report.get(ReportField.COST), "credits are no money");
        assertNull(report.get(ReportField.CURRENCY));
        assertNull(report.get(ReportField.ANSWERED_BY));
        assertEquals("296", event.metadata().get("credits"));
        assertEquals("agent_81ffc3fa88bcd546756519a579", event.metadata().get("assistantId"));
        assertEquals("en", event.metadata().get("language"));
    }

    @Test
    void an_outbound_call_goes_the_other_way() {
        String report = Fixtures.text("elevenlabs/post_call_transcription.json");
        assertEquals(
                new Parties(CallDirection.OUTBOUND, "+15555550100", "+15555550142"),
                Fixtures.event("elevenlabs", report.replace("\"inbound\"", "\"outbound\""))
                        .parties());
    }

    @Test
    void a_conversation_in_the_browser_has_no_numbers() {
        CallEvent event = reported("\"phone_call\":null,\"call_duration_secs\":5");
        assertEquals(new Parties(CallDirection.WEB, null, null), event.parties());
        assertEquals(List.of(), event.keys());
        assertEquals("web", event.metadata().get("callType"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"text_only\":true",
                "\"whatsapp\":{\"user\":\"+1\"}",
                "\"sms\":{}",
                "\"conversation_initiation_source\":\"whatsapp\""
            })
    void a_conversation_in_writing_is_no_call(String metadata) {
        assertNull(translate("post_call_transcription", body(metadata)));
        assertNull(translate("post_call_transcription_otel", body(metadata)));
    }

    @Test
    void one_that_is_spoken_is() {
        assertEquals(
                "react_sdk",
                reported("\"text_only\":false,\"whatsapp\":null,\"sms\":null,"
                                + "\"conversation_initiation_source\":\"react_sdk\"")
                        .metadata()
                        .get("source"));
    }

    @Test
    void a_failed_dial_is_an_unanswered_call() {
        CallEvent busy = Fixtures.sample("elevenlabs/call_initiation_failure-sip.json");
        assertEquals(Kind.REPORT, busy.kind());
        assertEquals(CallState.ENDED, busy.status());
        assertEquals(false, busy.answered());
        assertEquals(new Parties(CallDirection.OUTBOUND, "+15555550100", "+15555550177"), busy.parties());
        assertEquals("busy", busy.report().get(ReportField.ENDED_REASON));
        assertEquals(
                Moment.event(Instant.ofEpochSecond(1_780_319_060)), busy.times().ended());
        assertEquals("486", busy.metadata().get("sipResponseCode"));
        CallEvent silent = Fixtures.sample("elevenlabs/call_initiation_failure-twilio.json");
        assertEquals(new Parties(CallDirection.OUTBOUND, "+15555550100", "+15555550177"), silent.parties());
        assertEquals(List.of(new CallKey("twilio", "CA8ffea41058e95e6f38ddb0b04443a09e")), silent.keys());
        assertEquals("487", silent.metadata().get("sipResponseCode"));
    }

    @Test
    void a_recording_tells_only_that_there_was_a_call() {
        CallEvent event = Fixtures.sample("elevenlabs/post_call_audio.json");
        assertEquals(Kind.SIGHTING, event.kind());
        assertEquals(CallState.ENDED, event.status());
        assertNull(event.answered());
        assertEquals(Report.NONE, event.report());
        assertTrue(event.toString().length() < 1_000, "without the recording");
    }

    @Test
    void a_conversation_in_spans_is_marked() {
        String spans = "{\"type\":\"post_call_transcription_otel\",\"event_timestamp\":1780318890,\"data\":{"
                + "\"conversation_id\":\"c1\",\"agent_id\":\"a1\",\"otlp_traces\":{\"resourceSpans\":[]}}}";
        assertEquals(
                "c1:post_call_transcription_otel",
                Fixtures.identify("elevenlabs", spans).eventId());
        CallEvent event = Fixtures.event("elevenlabs", spans);
        assertEquals("otel", event.metadata().get("format"));
        assertEquals(CallState.ENDED, event.status());
        assertNull(event.transcript());
    }

    @Test
    void a_missing_proof_proves_nothing() {
        assertNull(reported("\"call_duration_secs\":0").answered());
        assertNull(reported("\"call_duration_secs\":0").report().get(ReportField.DURATION_SECONDS));
        assertTrue(reported("\"accepted_time_unix_secs\":1780318801").answered());
        assertTrue(translate(
                        "post_call_transcription",
                        "{\"data\":{\"conversation_id\":\"c1\",\"transcript\":[{\"role\":\"user\",\"message\":\"Hi\"}]}}")
                .answered());
    }

    @Test
    void a_voicemail_is_told_by_its_tool() {
        String ran = "{\"data\":{\"conversation_id\":\"c1\",\"transcript\":[{\"role\":\"agent\",\"tool_calls\":"
                + "[{\"tool_name\":\"voicemail_detection\",\"tool_has_been_called\":true}]},{\"tool_calls\":null}]}}";
        assertEquals(
                AnsweredBy.MACHINE,
                translate("post_call_transcription", ran).report().get(ReportField.ANSWERED_BY));
        String feature = "\"call_duration_secs\":5,\"features_usage\":{\"voicemail_detection\":";
        assertEquals(AnsweredBy.MACHINE, by(feature + "{\"enabled\":true,\"used\":true}}"));
        assertEquals(AnsweredBy.HUMAN, by(feature + "{\"enabled\":true,\"used\":false}}"));
        assertNull(by(feature + "{\"enabled\":false,\"used\":false}}"));
        assertNull(by(feature + "7}"));
    }

    @Test
    void tokens_of_all_models_are_summed() {
        String usage = "\"charging\":{\"llm_usage\":{\"irreversible_generation\":{\"model_usage\":{"
                + "\"a\":{\"input\":{\"tokens\":100,\"price\":0.1},\"output_total\":{\"tokens\":20}},"
                + "\"b\":{\"input\":{\"tokens\":3},\"output_total\":{\"tokens\":\"x\"},\"price\":4}}},"
                + "\"initiated_generation\":{\"model_usage\":{\"a\":{\"input\":{\"tokens\":1}}}}}}";
        assertEquals(123, reported(usage).report().get(ReportField.TOKENS));
        assertNull(reported("\"charging\":{\"llm_usage\":7}").report().get(ReportField.TOKENS));
    }

    @ParameterizedTest
    @CsvSource({"success, true", "failure, false", "unknown,", "'',"})
    void success_is_what_the_analysis_says(String told, Boolean success) {
        assertEquals(
                success,
                analysed("\"call_successful\":\"" + (told == null ? "" : told) + "\"")
                        .report()
                        .get(ReportField.SUCCESS));
    }

    @Test
    void a_hot_lead_is_found_in_the_analysis() {
        assertEquals(
                LeadScore.HOT,
                analysed("\"data_collection_results\":{\"lead_score\":{\"value\":\"Hot\"}}")
                        .report()
                        .get(ReportField.LEAD_SCORE));
    }

    private static AnsweredBy by(String metadata) {
        return reported(metadata).report().get(ReportField.ANSWERED_BY);
    }

    static CallEvent reported(String metadata) {
        return translate("post_call_transcription", body(metadata));
    }

    private static String body(String metadata) {
        return "{\"data\":{\"conversation_id\":\"c1\",\"metadata\":{" + metadata + "}}}";
    }

    private static CallEvent analysed(String analysis) {
        return translate(
                "post_call_transcription", "{\"data\":{\"conversation_id\":\"c1\",\"analysis\":{" + analysis + "}}}");
    }

    static CallEvent translate(String type, String body) {
        byte[] bytes = body.replaceFirst("^\\{", "{\"type\":\"" + type + "\",")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        IdentifiedEvent event =
                Fixtures.identify("elevenlabs", new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        return new ElevenLabs().translate(new RawEvent(event.type(), 1, bytes, Fixtures.ARRIVED));
    }
}
