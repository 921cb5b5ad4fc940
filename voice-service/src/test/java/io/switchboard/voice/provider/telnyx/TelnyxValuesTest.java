package io.switchboard.voice.provider.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallTimes.Basis;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.IdentifiedEvent;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, times, texts and kinds in Telnyx's events, as they should not be. */
class TelnyxValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e30000000",
                "\"1e30000000\"",
                "-1",
                "\"-0.01\"",
                "1000000",
                "\"NaN\"",
                "\"much\"",
                "null",
                "[1]",
                "{}",
                "true",
                "\"\\u0000\""
            })
    void a_cost_out_of_range_is_none(String cost) {
        CallEvent told = told("call.cost", "\"total_cost\": " + cost);
        assertNull(told.report().get(ReportField.COST));
        assertNull(told.report().get(ReportField.CURRENCY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"0\"", "1e-300", "\"0.0000001\""})
    void a_tiny_cost_is_rounded(String cost) {
        assertEquals(
                new BigDecimal("0.000000"),
                told("call.cost", "\"total_cost\": " + cost).report().get(ReportField.COST));
    }

    @Test
    void a_cost_that_telnyx_could_not_work_out_is_none() {
        CallEvent told = told("call.cost", "\"total_cost\": \"0.1\", \"status\": \"failed\"");
        assertNull(told.report().get(ReportField.COST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"EURO\"", "\"\"", "7", "[\"EUR\"]", "null", "\"E\\u0000R\""})
    void a_currency_that_is_none_is_that_of_telnyx(String currency) {
        CallEvent told = told("call.cost", "\"total_cost\": 1, \"cost_parts\": [{\"currency\": " + currency + "}]");
        assertEquals("USD", told.report().get(ReportField.CURRENCY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"+10000-01-01T00:00:00Z\"",
                "\"-0001-01-01T00:00:00Z\"",
                "\"0000-01-01T00:00:00Z\"",
                "\"yesterday\"",
                "1e30000000",
                "\"\"",
                "null",
                "[\"2026-06-01T13:00:00Z\"]",
                "{}"
            })
    void a_time_that_is_none_is_that_of_the_event(String time) {
        CallEvent told = told("call.hangup", "\"start_time\": " + time + ", \"end_time\": " + time);
        assertEquals("2026-06-01T13:00:00Z", told.times().ended().at().toString());
        assertEquals(Basis.EVENT, told.times().ended().basis());
        assertEquals(Basis.EVENT, told.times().started().basis());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"+10000-01-01T00:00:00Z\"", "7", "null", "[]"})
    void an_event_without_a_time_has_that_of_its_arrival(String time) {
        CallEvent told = Fixtures.event(
                "telnyx",
                TelnyxTest.event("call.answered", "\"call_leg_id\": \"leg\"")
                        .replace("\"2026-06-01T13:00:00Z\"", time));
        assertEquals(Fixtures.ARRIVED, told.at());
        assertEquals(Fixtures.ARRIVED, told.times().answered().at());
        assertEquals(Basis.ARRIVAL, told.times().answered().basis());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"+15555550142\"]", "{\"number\": 1}", "null", "true", "\" \""})
    void what_is_no_text_is_no_number(String number) {
        CallEvent told = told("call.answered", "\"from\": " + number + ", \"to\": \"sip:a@b\"");
        assertEquals(new Parties(null, null, "sip:a@b"), told.parties());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "\"text\"", "7", "null", "[[\"role\"]]", "[7, null, {\"role\": [], \"content\": {}}]"})
    void a_history_of_another_shape_is_no_transcript(String history) {
        assertNull(
                told("call.ai_gather.ended", "\"message_history\": " + history).transcript());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "null", "{\"transcript\": [\"a\"]}", "{\"transcript\": \" \"}", "{}"})
    void a_transcription_of_another_shape_is_no_fragment(String data) {
        assertEquals(
                List.of(),
                told("call.transcription", "\"transcription_data\": " + data).fragments());
    }

    @Test
    void texts_are_cleaned_and_cut() {
        CallEvent told = told(
                "call.hangup",
                "\"hangup_cause\": \"a\\u0000b" + "x".repeat(1_000) + "\", \"from\": \"" + "9".repeat(1_000) + "\"");
        String reason = told.report().get(ReportField.ENDED_REASON);
        assertTrue(reason.startsWith("a\ufffdb"), reason);
        assertEquals(500, reason.length());
        assertEquals(250, told.parties().from().length());
        CallEvent long_ = told("call.recording.saved", "\"recording_urls\": {\"mp3\": \"" + "x".repeat(5_000) + "\"}");
        assertNull(long_.report().get(ReportField.RECORDING_URL));
    }

    @Test
    void an_id_that_is_too_long_is_malformed_and_no_key() {
        IdentifiedEvent event = Fixtures.identify(
                "telnyx", TelnyxTest.event("call.answered", "\"call_leg_id\": \"" + "x".repeat(401) + "\""));
        assertTrue(event.isMalformed());
        assertEquals(
                List.of(),
                told("call.answered", "\"call_session_id\": \"" + "x".repeat(251) + "\"")
                        .keys());
    }

    @Test
    void a_call_s_id_is_the_same_in_name_and_event() {
        for (String id : List.of("\"a\\u0000b\"", "\" a\"", "\"\\ud800\"")) {
            String body = TelnyxTest.event("call.answered", "\"call_leg_id\": " + id);
            IdentifiedEvent event = Fixtures.identify("telnyx", body);
            assertFalse(event.isMalformed());
            assertEquals(event.callKey(), Fixtures.event("telnyx", body).callId(), id);
        }
        for (String none : List.of("7", "[\"a\"]", "{}", "null", "\"\"", "true")) {
            String body = TelnyxTest.event("call.answered", "\"call_leg_id\": " + none);
            assertNull(Fixtures.identify("telnyx", body).callKey(), none);
        }
    }

    @Test
    void a_deep_or_endless_document_is_malformed() {
        assertTrue(Fixtures.identify("telnyx", "{\"data\":".repeat(2_000)).isMalformed());
        assertTrue(Fixtures.identify("telnyx", "{\"data\": {\"payload\": " + "[".repeat(600) + "]".repeat(600) + "}}")
                .isMalformed());
        assertNotNull(Fixtures.identify("telnyx", "{\"data\": {\"payload\": " + "[".repeat(600))
                .flaw());
    }

    @Test
    void an_insight_may_tell_how_warm_the_lead_is() {
        CallEvent told = told(
                "call.conversation_insights.generated",
                "\"results\": [7, {\"result\": \"text\"}, {\"result\": {\"lead_score\": \"Hot\"}}]");
        assertEquals(LeadScore.HOT, told.report().get(ReportField.LEAD_SCORE));
    }

    @Test
    void a_byte_order_mark_hides_no_document() {
        String marked = "\ufeff" + TelnyxTest.event("call.answered", "\"call_leg_id\": \"leg\"");
        assertEquals("leg", Fixtures.event("telnyx", marked).callId());
    }

    @Test
    void a_field_whose_name_looks_like_a_path_names_nothing() {
        String body = TelnyxTest.event("call.answered", "\"call_leg_id\": \"leg\"");
        String strange = body.replaceFirst("\\}$", ", \"data/id\": \"other\", \"data\\/payload/call_leg_id\": {}}");
        assertNotEquals(body, strange);
        assertEquals(
                Fixtures.identify("telnyx", body).eventId(),
                Fixtures.identify("telnyx", strange).eventId());
        assertEquals("leg", Fixtures.identify("telnyx", strange).callKey());
    }

    private static CallEvent told(String type, String payload) {
        return Fixtures.event("telnyx", TelnyxTest.event(type, "\"call_leg_id\": \"leg\", " + payload));
    }
}
