package io.switchboard.voice.provider.retell;

import static io.switchboard.voice.provider.retell.RetellEventTest.ended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are wrong, absurd or missing. */
class RetellValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-30000000",
                "1e30000000",
                "NaN",
                "\"NaN\"",
                "-1",
                "100000000",
                "null",
                "[]",
                "{}",
                "true",
                "\"much\""
            })
    void a_cost_out_of_range_is_none(String cost) {
        CallEvent event = ended("\"call_cost\":{\"combined_cost\":" + cost + "}");
        assertNull(event.report().get(ReportField.COST));
        assertNull(event.report().get(ReportField.CURRENCY));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000000", "1e-900, 0.000000", "4.2E1, 0.420000", "'\"42\"', 0.420000", "99999999, 999999.990000"})
    void any_other_is_a_hundredth_of_dollars(String told, String cost) {
        assertEquals(
                new BigDecimal(cost),
                ended("\"call_cost\":{\"combined_cost\":" + told + "}").report().get(ReportField.COST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"+10000-01-01T00:00:00Z\"",
                "253402300800000",
                "1e30000000",
                "-1",
                "0",
                "true",
                "[2026]",
                "{}",
                "\"\""
            })
    void what_is_no_time_of_ours_is_absent(String time) {
        CallEvent event = ended("\"start_timestamp\":" + time + ",\"end_timestamp\":" + time);
        Moment arrival = Moment.arrival(Fixtures.ARRIVED);
        assertEquals(new CallTimes(arrival, null, arrival), event.times());
        assertNull(event.report().get(ReportField.DURATION_SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1e9999", "1e-30000000", "NaN", "\"long\"", "99999999999", "[]", "null"})
    void an_absurd_duration_proves_nothing(String duration) {
        CallEvent event = ended("\"end_timestamp\":1780318871000,\"duration_ms\":" + duration);
        assertNull(event.answered());
        assertNull(event.report().get(ReportField.DURATION_SECONDS));
    }

    @ParameterizedTest
    @CsvSource({"'[1,2,3]', 6", "'[1,null,-4,\"5\",[9],1e999]', 6", "'[]',", "'7',", "'[2147483647,1]',"})
    void tokens_are_summed_where_they_are_numbers(String values, Integer tokens) {
        assertEquals(
                tokens,
                ended("\"llm_token_usage\":{\"values\":" + values + "}")
                        .report()
                        .get(ReportField.TOKENS));
    }

    @Test
    void texts_are_cut_and_cleaned() {
        String text = "\"x" + "\\ud83d\\ude00".repeat(3_000) + "\"";
        String talk = "\"x" + "\ud83d\ude00".repeat(2_200_000) + "\"";
        CallEvent event = ended("\"disconnection_reason\":" + text + ",\"recording_url\":" + text + ",\"from_number\":"
                + text + ",\"transcript_object\":[{\"role\":\"user\",\"content\":" + talk + "}],"
                + "\"call_analysis\":{\"call_summary\":\"a\\u0000b\\ud800c\",\"user_sentiment\":" + text + "}");
        assertEquals(499, event.report().get(ReportField.ENDED_REASON).length());
        assertNull(event.report().get(ReportField.RECORDING_URL));
        assertEquals(249, event.parties().from().length());
        assertEquals(4_194_303, event.transcript().length(), "a character less than 4 Mi, which is half of one");
        assertTrue(event.transcript().endsWith("\ud83d\ude00"));
        assertEquals("a\ufffdb\ufffdc", event.report().get(ReportField.SUMMARY));
        assertEquals(499, event.metadata().get("userSentiment").length());
    }
}
