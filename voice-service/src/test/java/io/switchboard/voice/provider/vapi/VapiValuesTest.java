package io.switchboard.voice.provider.vapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallTimes.Basis;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, times and texts in Vapi's reports, as they should not be. */
class VapiValuesTest {
    private static final Instant START = Instant.parse("2026-06-01T13:00:01Z");
    private static final Instant END = Instant.parse("2026-06-01T13:00:24Z");
    private static final String TIMES = "\"startedAt\":\"2026-06-01T13:00:01Z\",\"endedAt\":\"2026-06-01T13:00:24Z\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-30000000",
                "1e30000000",
                "1e2147483648",
                "1e-2147483649",
                "NaN",
                "Infinity",
                "\"NaN\"",
                "\"1e-30000000\"",
                "-0.01",
                "1000000",
                "null",
                "[]",
                "{}",
                "true",
                "\"much\""
            })
    void a_cost_out_of_range_is_none(String cost) {
        CallEvent event = report("\"cost\":" + cost + "," + TIMES);
        assertNull(event.report().get(ReportField.COST));
        assertEquals(23, event.report().get(ReportField.DURATION_SECONDS));
    }

    @Test
    void so_is_one_of_ever_so_many_digits() {
        assertNull(report("\"cost\":" + "9".repeat(1_000_000)).report().get(ReportField.COST));
        assertNull(report("\"cost\":0." + "1".repeat(1_000_000)).report().get(ReportField.COST));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000000", "1e-900, 0.000000", "4.2E-1, 0.420000", "'\"0.42\"', 0.420000", "999999.9, 999999.900000"
    })
    void any_other_is_rounded_to_six_decimals(String told, String cost) {
        assertEquals(new BigDecimal(cost), report("\"cost\":" + told).report().get(ReportField.COST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-06-01T13:00:01.000Z\"",
                "\"2026-06-01T15:00:01+0200\"",
                "\"2026-06-01 13:00:01Z\"",
                "\"2026-06-01 13:00:01\"",
                "1780318801",
                "1780318801.0",
                "1780318801000",
                "1780318801000.4",
                "1.780318801E12",
                "\"1780318801000\"",
                "\"1780318801\""
            })
    void a_start_is_read_in_every_spelling(String start) {
        CallEvent event = report("\"startedAt\":" + start + ",\"endedAt\":\"2026-06-01T13:00:24Z\"");
        assertEquals(Basis.STATED, event.times().started().basis());
        assertEquals(START.getEpochSecond(), event.times().started().at().getEpochSecond());
        assertTrue(event.answered());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"+10000-01-01T00:00:00Z\"",
                "\"+999999999-12-31T23:59:59Z\"",
                "\"-4800-01-01T00:00:00Z\"",
                "\"0000-01-01T00:00:00Z\"",
                "\"9999-12-31T23:59:59-23:59\"",
                "253402300800000",
                "1e30000000",
                "-1",
                "0",
                "true",
                "[2026, 6, 1]",
                "{\"at\":\"2026-06-01T13:00:01Z\"}",
                "\"\"",
                "\"soon\""
            })
    void one_that_is_no_time_of_ours_is_absent(String start) {
        CallEvent event = report("\"startedAt\":" + start + ",\"endedAt\":" + start + ",\"timestamp\":" + start);
        assertEquals(Moment.event(Fixtures.ARRIVED), event.times().started());
        assertEquals(Moment.event(Fixtures.ARRIVED), event.times().ended());
        assertNull(event.answered());
        assertNull(event.report().get(ReportField.DURATION_SECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"durationSeconds\":41",
                "\"durationSeconds\":41.9",
                "\"durationSeconds\":\"41\"",
                "\"durationMs\":41300",
                "\"durationMinutes\":0.684",
                "\"durationSeconds\":null,\"durationMs\":\"41000\""
            })
    void seconds_of_talk_prove_that_a_call_was_taken(String duration) {
        CallEvent event = report(duration + ",\"endedAt\":\"2026-06-01T13:00:24Z\"");
        assertTrue(event.answered());
        assertEquals(41, event.report().get(ReportField.DURATION_SECONDS));
        assertEquals(END.minusSeconds(41), event.times().started().at());
        assertNull(event.times().answered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1e9", "1e-30000000", "1e30000000", "NaN", "\"long\"", "2592001"})
    void absurd_durations_prove_nothing(String duration) {
        CallEvent event = report("\"durationSeconds\":" + duration);
        assertNull(event.answered());
        assertNull(event.report().get(ReportField.DURATION_SECONDS));
    }

    @Test
    void a_word_of_the_other_side_proves_it_too() {
        assertTrue(report("\"artifact\":{\"transcript\":\"AI: Hi.\\nUser: Hello.\"}")
                .answered());
        assertNull(report("\"artifact\":{\"transcript\":\"AI: Hi. Nobody there?\"}")
                .answered());
        assertNull(report("\"cost\":0").answered());
        assertEquals(
                false,
                report("\"endedReason\":\"customer-did-not-answer\",\"durationSeconds\":9")
                        .answered());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"artifact\":{\"messages\":TURNS}",
                "\"artifact\":{\"transcript\":TURNS}",
                "\"artifact\":{\"transcript\":\" \",\"messages\":TURNS}",
                "\"artifact\":{\"transcript\":[],\"messagesOpenAIFormatted\":TURNS}",
                "\"messages\":TURNS",
                "\"messagesOpenAIFormatted\":TURNS",
                "\"transcript\":TURNS",
                "\"artifact\":{\"transcript\":[\"AI: Hi.\",\"User: A cleaning, please.\"]}"
            })
    void what_was_said_is_found_wherever_it_is(String where) {
        String turns =
                "[{\"role\":\"system\",\"message\":\"Be brief.\"},7,null,{\"role\":\"assistant\",\"content\":\"Hi.\"},"
                        + "{\"role\":\"bot\",\"message\":null},{\"role\":\"tool_calls\",\"message\":\"book\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"A cleaning,\"},{\"type\":\"image\"},"
                        + "{\"type\":\"text\",\"text\":\"please.\"}]}]";
        CallEvent event = report(where.replace("TURNS", turns));
        assertEquals("AI: Hi.\nUser: A cleaning, please.\n", event.transcript());
        assertTrue(event.answered());
    }

    @Test
    void a_list_of_words_is_one_text_and_anything_deeper_none() {
        CallEvent event = report("\"analysis\":{\"summary\":[\"Wants a cleaning\",null,\"on Thursday\"],"
                + "\"successEvaluation\":{\"score\":1}},\"endedReason\":[\"customer-ended-call\"]");
        assertEquals("Wants a cleaning, on Thursday", event.report().get(ReportField.SUMMARY));
        assertNull(event.report().get(ReportField.SUCCESS_EVALUATION));
        assertEquals("customer-ended-call", event.report().get(ReportField.ENDED_REASON));
    }

    @Test
    void texts_are_cut_between_characters() {
        String smile = "\\ud83d\\ude00";
        String text = "\"" + "x" + smile.repeat(30_000) + "\"";
        String talk = "\"" + "x" + "\ud83d\ude00".repeat(2_200_000) + "\"";
        CallEvent event = report("\"analysis\":{\"summary\":" + text + ",\"successEvaluation\":" + text + "},"
                + "\"endedReason\":" + text + ",\"artifact\":{\"transcript\":" + talk + ",\"recordingUrl\":" + text
                + "},"
                + "\"customer\":{\"name\":" + text + ",\"number\":" + text + "}");
        Report report = event.report();
        assertEquals(19_999, report.get(ReportField.SUMMARY).length());
        assertEquals(1_999, report.get(ReportField.SUCCESS_EVALUATION).length());
        assertEquals(499, report.get(ReportField.ENDED_REASON).length());
        assertEquals(4_194_303, event.transcript().length(), "a character less than 4 Mi, which is half of one");
        assertTrue(event.transcript().endsWith("\ud83d\ude00"));
        assertEquals(249, report.get(ReportField.CUSTOMER_NAME).length());
        assertNull(report.get(ReportField.RECORDING_URL), "half an address leads nowhere");
        assertFalse((report + String.valueOf(event.parties())).contains("\ufffd"));
        assertFalse(event.parties().from().endsWith("\ud83d"));
    }

    @Test
    void what_cannot_be_stored_is_replaced() {
        CallEvent event =
                report("\"analysis\":{\"summary\":\"a\\u0000b\\ud800c\"},\"customer\":{\"name\":\"Bea \\udc00\"}");
        assertEquals("a\ufffdb\ufffdc", event.report().get(ReportField.SUMMARY));
        assertEquals("Bea \ufffd", event.report().get(ReportField.CUSTOMER_NAME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12125550144", "WIRELESS CALLER", "Unknown", " ", "sip:+12125550144@gw.example"})
    void a_placeholder_is_no_name(String name) {
        assertNull(report("\"customer\":{\"name\":\"" + name + "\"}").report().get(ReportField.CUSTOMER_NAME));
    }

    @Test
    void a_number_may_come_as_a_number() {
        assertEquals(
                "12125550144",
                report("\"customer\":{\"number\":12125550144}").parties().from());
    }

    @Test
    void an_empty_field_hides_no_other() {
        CallEvent event =
                report("\"call\":{\"id\":\"c1\",\"type\":\"inboundPhoneCall\",\"customer\":{\"number\":\"\"}},"
                        + "\"customer\":{\"number\":\"+12125550144\"}");
        assertEquals("+12125550144", event.parties().from());
        assertNotEquals(null, event.parties().direction());
    }

    private static CallEvent report(String fields) {
        String call = fields.contains("\"call\":") ? "" : "\"call\":{\"id\":\"c1\",\"type\":\"inboundPhoneCall\"},";
        return Fixtures.event("vapi", "{\"message\":{\"type\":\"end-of-call-report\"," + call + fields + "}}");
    }
}
