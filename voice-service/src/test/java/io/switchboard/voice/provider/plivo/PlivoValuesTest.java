package io.switchboard.voice.provider.plivo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallTimes.Basis;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, times and texts in Plivo's forms, as they should not be. */
class PlivoValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"1e30000000", "-0.01", "1000000", "NaN", "much", "", "\u0000", "0x10"})
    void a_cost_out_of_range_is_none(String cost) {
        CallEvent told = hangup("TotalCost", cost);
        assertNull(told.report().get(ReportField.COST));
        assertNull(told.report().get(ReportField.CURRENCY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "2592001", "99999999999999999999", "1e30000000", "1e-30000000", "NaN", "long", ""})
    void a_duration_out_of_range_is_none(String duration) {
        CallEvent told = hangup("Duration", duration);
        assertNull(told.report().get(ReportField.DURATION_SECONDS));
        assertNull(told.answered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+10000-01-01 00:00:00", "-0001-01-01 00:00:00", "1e30000000", "yesterday", "", "\u0000"})
    void a_time_that_is_none_is_that_of_the_arrival(String time) {
        CallEvent told = hangup("EndTime", time);
        assertEquals(new Moment(Fixtures.ARRIVED, Basis.ARRIVAL), told.times().ended());
        assertEquals(Fixtures.ARRIVED, told.at());
        assertNull(hangup("AnswerTime", time).times().answered());
        assertEquals(Basis.ARRIVAL, hangup("StartTime", time).times().started().basis());
    }

    @ParameterizedTest
    @CsvSource({"busy, false", "no-answer, false", "timeout, false", "in-progress,", "brand-new,"})
    void only_a_known_status_tells_that_a_call_was_not_answered(String status, Boolean answered) {
        assertEquals(
                answered,
                Fixtures.event("plivo", "CallUUID=c&Event=Hangup&Duration=0&CallStatus=" + status)
                        .answered());
    }

    @Test
    void a_call_before_all_time_was_answered_at_no_time() {
        assertNull(Fixtures.event(
                        "plivo",
                        "CallUUID=c&Event=Hangup&CallStatus=completed&Duration=60&EndTime=0001-01-01T00:00:10Z")
                .times()
                .answered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"15555550142", "+15555550142", "1001", "sip:ann@phone.plivo.com", "anonymous"})
    void numbers_are_kept_as_they_came(String from) {
        assertEquals(from, hangup("From", from).parties().from());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+15555550142", "15555550142", "WIRELESS CALLER", "Anonymous", " "})
    void a_placeholder_is_no_name(String name) {
        assertNull(Fixtures.event("plivo", "CallUUID=c&Direction=inbound&CallerName=" + encoded(name))
                .report()
                .get(ReportField.CUSTOMER_NAME));
    }

    @Test
    void texts_are_cleaned_and_cut() {
        CallEvent told = hangup("HangupCause", "a\u0000b" + "x".repeat(1_000));
        String reason = told.report().get(ReportField.ENDED_REASON);
        assertTrue(reason.startsWith("a\ufffdb"), reason);
        assertEquals(500, reason.length());
        assertNull(Fixtures.event("plivo", "CallUUID=c&RecordingID=r&RecordUrl=" + "x".repeat(5_000))
                .report()
                .get(ReportField.RECORDING_URL));
    }

    @Test
    void an_id_that_is_too_long_is_malformed_and_no_key() {
        assertTrue(Fixtures.identify("plivo", "CallUUID=" + "x".repeat(401)).isMalformed());
        assertTrue(Fixtures.identify("plivo", "CallUUID=c&Event=" + "x".repeat(401))
                .isMalformed());
        assertEquals(
                List.of(),
                Fixtures.event("plivo", "CallUUID=c&RequestUUID=" + "x".repeat(251))
                        .keys());
    }

    @Test
    void a_call_s_id_is_the_same_in_name_and_event() {
        for (String id : List.of("a%00b", "+a", "%FF")) {
            String body = "CallUUID=" + id;
            assertEquals(
                    Fixtures.identify("plivo", body).callKey(),
                    Fixtures.event("plivo", body).callId());
        }
    }

    private static CallEvent hangup(String field, String value) {
        return Fixtures.event("plivo", "CallUUID=c&Event=Hangup&CallStatus=completed&" + field + "=" + encoded(value));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
