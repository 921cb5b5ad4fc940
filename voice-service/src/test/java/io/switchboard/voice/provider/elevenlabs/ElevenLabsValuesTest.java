package io.switchboard.voice.provider.elevenlabs;

import static io.switchboard.voice.provider.elevenlabs.ElevenLabsConversationTest.reported;
import static io.switchboard.voice.provider.elevenlabs.ElevenLabsConversationTest.translate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are wrong, absurd or missing. */
class ElevenLabsValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"1e-30000000", "1e30000000", "NaN", "-1", "null", "[]", "{}", "true", "\"much\""})
    void credits_out_of_range_are_none(String credits) {
        assertNull(reported("\"cost\":" + credits).metadata().get("credits"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1e9", "1e-30000000", "1e30000000", "NaN", "\"long\"", "2592001", "[]", "null"})
    void absurd_durations_prove_nothing(String duration) {
        CallEvent event = reported("\"start_time_unix_secs\":1780318800,\"call_duration_secs\":" + duration);
        assertNull(event.answered());
        assertNull(event.report().get(ReportField.DURATION_SECONDS));
        assertNull(event.times().answered());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"+10000-01-01T00:00:00Z\"", "253402300800000", "1e30000000", "-1", "0", "true", "[]", "\"\""})
    void what_is_no_time_of_ours_is_absent(String time) {
        CallEvent event = reported("\"start_time_unix_secs\":" + time + ",\"accepted_time_unix_secs\":" + time);
        Moment arrival = Moment.arrival(Fixtures.ARRIVED);
        assertEquals(new CallTimes(arrival, null, arrival), event.times());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"text\"", "{}", "[7,null,[]]", "[{\"role\":\"agent\",\"message\":null}]"})
    void what_is_no_talk_is_none(String transcript) {
        assertNull(translate(
                        "post_call_transcription",
                        "{\"data\":{\"conversation_id\":\"c1\",\"transcript\":" + transcript
                                + ",\"metadata\":7,\"analysis\":null}}")
                .transcript());
    }

    @Test
    void texts_are_cut_and_cleaned() {
        String text = "\"x" + "\\ud83d\\ude00".repeat(3_000) + "\"";
        String talk = "\"x" + "\ud83d\ude00".repeat(2_200_000) + "\"";
        CallEvent event = translate(
                "post_call_transcription",
                "{\"data\":{\"conversation_id\":\"c1\",\"agent_id\":" + text + ",\"transcript\":[{\"role\":\"user\","
                        + "\"message\":" + talk + "}],\"metadata\":{\"termination_reason\":" + text
                        + ",\"phone_call\":{\"type\":" + text + ",\"call_sid\":" + text + ",\"external_number\":" + text
                        + "}},\"analysis\":{\"transcript_summary\":\"a\\u0000b\\ud800c\"}}}");
        assertEquals(499, event.report().get(ReportField.ENDED_REASON).length());
        assertEquals(4_194_303, event.transcript().length(), "a character less than 4 Mi, which is half of one");
        assertTrue(event.transcript().endsWith("\ud83d\ude00"));
        assertEquals("a\ufffdb\ufffdc", event.report().get(ReportField.SUMMARY));
        assertEquals(249, event.keys().get(0).key().length());
        assertEquals(499, event.metadata().get("assistantId").length());
    }
}
