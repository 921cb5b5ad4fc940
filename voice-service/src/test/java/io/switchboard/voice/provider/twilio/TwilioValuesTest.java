package io.switchboard.voice.provider.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, times and names in Twilio's forms, as they should not be. */
class TwilioValuesTest {
    private static final Instant END = Instant.parse("2026-06-01T13:20:31Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mon, 01 Jun 2026 13:20:31 +0000",
                "Mon, 1 Jun 2026 15:20:31 +0200",
                "1 Jun 2026 13:20:31 GMT",
                "2026-06-01T13:20:31Z",
                "2026-06-01 13:20:31",
                "1780320031"
            })
    void a_time_is_read_in_every_spelling(String time) {
        CallEvent event = completed("Timestamp=" + encoded(time) + "&CallDuration=31");
        assertEquals(END, event.times().ended().at());
        assertEquals(END.minusSeconds(31), event.times().answered().at());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mon, 01 Jun 12026 13:20:31 +0000",
                "+10000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "-0001-01-01T00:00:00Z",
                "1e30000000",
                "yesterday",
                ""
            })
    void one_that_is_none_is_that_of_the_arrival(String time) {
        CallEvent event = completed("Timestamp=" + encoded(time) + "&CallDuration=31");
        assertEquals(Fixtures.ARRIVED, event.times().ended().at());
        assertEquals(31, event.report().get(ReportField.DURATION_SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "999999999", "99999999999999999999", "1e30000000", "1e-30000000", "NaN", "long", ""})
    void a_duration_out_of_range_is_none(String duration) {
        CallEvent event = completed("CallDuration=" + encoded(duration));
        assertNull(event.report().get(ReportField.DURATION_SECONDS));
        assertNull(event.answered());
    }

    @Test
    void a_call_before_all_time_was_answered_at_no_time() {
        CallEvent event = completed("CallDuration=31&Timestamp=" + encoded("0001-01-01T00:00:10Z"));
        assertNull(event.times().answered());
        assertEquals(31, event.report().get(ReportField.DURATION_SECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+12125550144", "(212) 555-0144", "WIRELESS CALLER", "Anonymous", "V12125550144000011", " "})
    void a_placeholder_is_no_name(String name) {
        assertNull(completed("CallerName=" + encoded(name)).report().get(ReportField.CUSTOMER_NAME));
    }

    @Test
    void an_address_that_is_too_long_is_none() {
        assertNull(completed("RecordingUrl=https://rec.example/" + "x".repeat(5_000))
                .report()
                .get(ReportField.RECORDING_URL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RecordingStatus=absent",
                "TranscriptionStatus=failed",
                "TranscriptionEvent=transcription-content&SequenceId=2",
                "TranscriptionEvent=transcription-content&TranscriptionSid=GT1",
                "DialCallStatus=no-answer",
                "RecordingUrl="
            })
    void events_without_their_ids_are_not_taken_for_each_other(String fields) {
        String first = eventId("CallSid=CA7&" + fields + "&Custom=1");
        assertEquals(first, eventId("Custom=1&CallSid=CA7&" + fields));
        assertNotEquals(first, eventId("CallSid=CA7&" + fields + "&Custom=2"));
        assertNotEquals(first, eventId("CallSid=CA8&" + fields + "&Custom=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "\" \""})
    void a_streamed_parameter_without_a_value_is_none(String value) {
        CallEvent event = Fixtures.event(
                "twilio",
                "{\"id\":\"EZ1\",\"type\":\"com.twilio.voice.status-callback.call.completed\",\"data\":{\"request\":{"
                        + "\"parameters\":{\"CallSid\":\"CA7\",\"CallStatus\":\"completed\",\"From\":V,\"ParentCallSid\":V,"
                                .replace("V", value)
                        + "\"RecordingUrl\":V,\"ForwardedFrom\":V}}}}".replace("V", value));
        assertNull(event.parties().from());
        assertNull(event.report().get(ReportField.PARENT_CALL_ID));
        assertNull(event.report().get(ReportField.RECORDING_URL));
        assertEquals(Map.of(), event.metadata());
        assertEquals(List.of(), event.keys());
    }

    private static String eventId(String form) {
        return Fixtures.identify("twilio", form).eventId();
    }

    private static CallEvent completed(String parameters) {
        return Fixtures.event(
                "twilio",
                "CallSid=CA7&CallStatus=completed&CallbackSource=call-progress-events&Direction=inbound&" + parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
