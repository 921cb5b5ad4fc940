package io.switchboard.voice.provider.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.EndpointOptions;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardTest {
    private static final String CALL = "pbx-7f2d1c30";

    private final Standard standard = new Standard();

    @Test
    void the_message_id_names_the_event() {
        byte[] body = Fixtures.bytes("standard/call-ended.json");
        Delivery delivery = Fixtures.delivery(body, Map.of("webhook-id", "msg_1", "X-Message", "msg_2"));
        IdentifiedEvent event = standard.identify(delivery).get(0);
        assertEquals("msg_1", event.eventId());
        assertEquals("call.ended", event.type());
        assertEquals(CALL, event.callKey());
        EndpointOptions options = new EndpointOptions(Map.of("messageIdHeader", "X-Message"));
        assertEquals("msg_2", standard.identify(delivery, options).get(0).eventId());
        assertEquals(
                CALL + ":call.ended:2026-06-01T13:01:13.500Z",
                Fixtures.identify("standard", Fixtures.text("standard/call-ended.json"))
                        .eventId(),
                "without one it is derived");
    }

    @Test
    void an_ended_call_tells_all_of_itself() {
        CallEvent call = Fixtures.sample("standard/call-ended.json");
        assertEquals(Kind.CHANGE, call.kind());
        assertEquals(CallState.ENDED, call.status());
        assertEquals(true, call.answered());
        assertEquals(new Parties(CallDirection.INBOUND, "+15555550142", "+15555550100"), call.parties());
        assertEquals(stated("2026-06-01T13:00:00Z"), call.times().started());
        assertEquals(stated("2026-06-01T13:00:02Z"), call.times().answered());
        assertEquals(stated("2026-06-01T13:01:13Z"), call.times().ended());
        assertEquals(71, call.report().get(ReportField.DURATION_SECONDS));
        assertEquals("caller-hung-up", call.report().get(ReportField.ENDED_REASON));
        assertEquals(new BigDecimal("0.027500"), call.report().get(ReportField.COST));
        assertEquals("GBP", call.report().get(ReportField.CURRENCY));
        assertTrue(call.transcript().startsWith("AI: Acme Dental"));
        assertEquals(
                "https://pbx.example.com/recordings/7f2d1c30.mp3", call.report().get(ReportField.RECORDING_URL));
    }

    @Test
    void an_analysis_is_a_report_and_tells_no_end() {
        CallEvent call = Fixtures.sample("standard/call-analyzed.json");
        assertEquals(Kind.REPORT, call.kind());
        assertEquals(CallState.ENDED, call.status());
        assertNull(call.answered());
        assertNull(call.times().ended());
        assertEquals("8/10", call.report().get(ReportField.SUCCESS_EVALUATION));
        assertEquals(true, call.report().get(ReportField.SUCCESS));
        assertEquals(LeadScore.HOT, call.report().get(ReportField.LEAD_SCORE));
        assertEquals(Map.of("sentiment", "positive"), call.metadata());
    }

    @ParameterizedTest
    @CsvSource({
        "call.started,, RINGING",
        "call.started, queued, RINGING",
        "call.started, in-progress, IN_PROGRESS",
        "call.started, ended, ENDED",
        "call.answered,, IN_PROGRESS",
        "call.answered, FORWARDING, FORWARDING",
        "call.ended, ringing, ENDED",
        "call.analyzed, novelty, ENDED"
    })
    void the_later_of_type_and_status_counts(String type, String status, CallState state) {
        String told = status == null ? "" : ", \"status\": \"" + status + "\"";
        assertEquals(state, told(type, told).status());
    }

    @Test
    void a_call_of_no_seconds_was_not_answered() {
        assertEquals(false, told("call.ended", ", \"durationSeconds\": 0").answered());
        assertEquals(true, told("call.ended", ", \"durationSeconds\": \"5\"").answered());
        assertNull(told("call.ended", "").answered(), "absence proves nothing");
        assertNull(told("call.ended", ", \"answeredAt\": null").answered());
    }

    @ParameterizedTest
    @CsvSource({"usd, USD, 0.500000", "EUR, EUR, 0.500000", "euros,,", "'',USD, 0.500000", "€€€,,"})
    void a_cost_needs_a_currency(String told, String currency, BigDecimal cost) {
        CallEvent call = told("call.ended", ", \"cost\": 0.5, \"currency\": \"" + told + "\"");
        assertEquals(currency, call.report().get(ReportField.CURRENCY));
        assertEquals(cost, call.report().get(ReportField.COST));
    }

    @Test
    void other_types_are_kept_and_tell_nothing() {
        IdentifiedEvent event = Fixtures.identify("standard", Fixtures.text("standard/other.json"));
        assertEquals("voicemail.received", event.type());
        assertNull(event.callKey());
        assertNull(standard.translate(new RawEvent(event.type(), 1, event.body(), Fixtures.ARRIVED)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "{}",
                "{\"type\": 1}",
                "{\"type\": \"call.ended\"}",
                "{\"type\": \"call.ended\", \"data\": [\"callId\"]}",
                "{\"type\": \"call.ended\", \"data\": {\"callId\": 1}}",
                "{\"type\": \"call.ended\", \"data\": {\"callId\": \"a\"}, \"data\": {}}"
            })
    void what_names_no_type_or_no_call_is_malformed(String body) {
        assertTrue(Fixtures.identify("standard", body).isMalformed(), body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-30000000", "1e30000000", "-1", "NaN", "[]", "{}", "true", "null", "\"x\""})
    void a_number_that_is_none_tells_nothing(String number) {
        CallEvent call = told("call.ended", ", \"cost\": " + number + ", \"durationSeconds\": " + number);
        assertNull(call.report().get(ReportField.COST));
        assertNull(call.report().get(ReportField.DURATION_SECONDS));
    }

    @Test
    void hostile_values_are_bounded() {
        StringBuilder metadata = new StringBuilder("{\"" + "n".repeat(61) + "\": 1, \"nul\\u0000\": \"\\u0000\"");
        for (int i = 0; i < 100; i++) {
            metadata.append(", \"k")
                    .append(i)
                    .append("\": \"")
                    .append("v".repeat(900))
                    .append('"');
        }
        CallEvent call = told(
                "call.ended",
                ", \"metadata\": " + metadata + "}, \"direction\": \"sideways\", \"leadScore\": [1], \"startedAt\":"
                        + " \"10000-01-01T00:00:00Z\", \"transcript\": {\"a\": 1}, \"recordingUrl\": \""
                        + "u".repeat(5_000)
                        + "\"");
        assertTrue(call.metadata().size() <= 20);
        assertTrue(call.metadata().values().stream().allMatch(value -> value.length() <= 500));
        assertTrue(call.metadata().keySet().stream().allMatch(name -> name.length() <= 60));
        assertNull(call.parties().direction());
        assertNull(call.transcript());
        assertNull(call.report().get(ReportField.LEAD_SCORE));
        assertNull(call.report().get(ReportField.RECORDING_URL));
        assertEquals(
                Moment.event(Instant.parse("2026-06-01T13:00:00Z")),
                call.times().started());
    }

    private CallEvent told(String type, String more) {
        String body = "{\"type\": \"" + type
                + "\", \"timestamp\": \"2026-06-01T13:00:00Z\", \"data\": {\"callId\": \"a\"" + more + "}}";
        return standard.translate(new RawEvent(type, 1, body.getBytes(StandardCharsets.UTF_8), Fixtures.ARRIVED));
    }

    private static Moment stated(String time) {
        return Moment.stated(Instant.parse(time));
    }
}
