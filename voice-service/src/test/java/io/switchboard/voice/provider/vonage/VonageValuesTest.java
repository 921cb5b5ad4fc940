package io.switchboard.voice.provider.vonage;

import static io.switchboard.voice.provider.vonage.VonageTest.status;
import static io.switchboard.voice.provider.vonage.VonageTest.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are wrong, absurd or missing. */
class VonageValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-30000000",
                "1e30000000",
                "\"1e30000000\"",
                "-1",
                "NaN",
                "\"\"",
                "[]",
                "{}",
                "true",
                "\"-0.5\"",
                "1e400",
                "99999999999999999999"
            })
    void a_number_that_is_none_tells_nothing(String number) {
        CallEvent call = told(
                status("completed", ", \"price\": " + number + ", \"duration\": " + number + ", \"rate\": " + number));
        assertEquals(CallState.ENDED, call.status());
        assertNull(call.report().get(ReportField.COST));
        assertNull(call.report().get(ReportField.CURRENCY));
        assertNull(call.report().get(ReportField.DURATION_SECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"10000-01-01T00:00:00Z\"",
                "\"-0001-01-01T00:00:00Z\"",
                "1e30",
                "\"soon\"",
                "[\"2026\"]",
                "null",
                "\"2026-13-01T00:00:00Z\""
            })
    void a_time_that_is_none_leaves_the_arrival(String time) {
        CallEvent call = told("{\"uuid\": \"a\", \"status\": \"completed\", \"duration\": 5, \"timestamp\": " + time
                + ", \"start_time\": " + time + ", \"end_time\": " + time + "}");
        assertEquals(Fixtures.ARRIVED, call.at());
        assertEquals(Moment.arrival(Fixtures.ARRIVED), call.times().started());
        assertEquals(Moment.arrival(Fixtures.ARRIVED), call.times().ended());
        assertNull(call.times().answered());
    }

    @Test
    void hostile_text_is_cleaned_and_cut() {
        CallEvent call = told("{\"uuid\": \"a\\u0000b\", \"conversation_uuid\": 7, \"status\": \"answered\","
                + " \"from\": [\"1\", \"2\"], \"to\": \"" + "9".repeat(1_000) + "\\ud800\","
                + " \"direction\": {\"a\": 1}, \"network\": \"\\u0000\", \"reason\": \"" + "r".repeat(5_000) + "\"}");
        assertEquals("a\ufffdb", call.callId());
        assertEquals(List.of(), call.keys());
        assertEquals("1, 2", call.parties().from());
        assertEquals(250, call.parties().to().length());
        assertNull(call.parties().direction());
        assertEquals(500, call.metadata().get("fallbackReason").length());
    }
}
