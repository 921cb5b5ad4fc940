package io.switchboard.voice.provider.vonage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.Verdict;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VonageTest {
    private static final String CALL = "d4b16cf4-ace8-5ea6-be18-aca3c130f53c";
    private static final String CONVERSATION = "CON-148c5884-7a1c-5486-95b4-0b33eb491146";

    private final Vonage vonage = new Vonage();

    @ParameterizedTest
    @CsvSource({
        "started, started:2026-06-01T13:00:00.000Z",
        "completed, completed:2026-06-01T13:01:13.000Z",
        "machine, machine:2026-06-01T13:06:00.000Z",
        "answer, answer",
        "input, input:2026-06-01T13:00:20.000Z",
        "transfer, transfer:2026-06-01T13:00:40.000Z"
    })
    void events_are_named_by_call_kind_and_time(String sample, String name) {
        IdentifiedEvent event = Fixtures.identify("vonage", text(sample));
        assertEquals(CALL + ":" + name, event.eventId());
        assertEquals(CALL, event.callKey());
    }

    @Test
    void events_without_a_call_are_named_by_conversation() {
        assertEquals(
                CONVERSATION + ":error:2026-06-01T13:00:03.000Z",
                Fixtures.identify("vonage", text("error")).eventId());
        assertEquals(
                CONVERSATION + ":record:942e365f-11f0-5dfc-a1e8-6a2fb7fd6012",
                Fixtures.identify("vonage", text("record")).eventId());
    }

    @Test
    void the_query_of_a_get_is_the_event() {
        String query = Fixtures.text("vonage/answer-get-query.txt");
        IdentifiedEvent event = get(query);
        assertEquals(Fixtures.identify("vonage", text("answer")).eventId(), event.eventId());
        assertEquals(query, new String(event.body(), StandardCharsets.UTF_8));
        assertEquals(vonage.reply(event.alone()), new Reply("application/json", "[]"));
        CallEvent call = told(event);
        assertEquals(new Parties(null, "15555550142", "15555550100"), call.parties());
        assertEquals(List.of(new CallKey("vonage", CONVERSATION)), call.keys());
        assertNull(call.status());
        assertTrue(get("").isMalformed());
        assertTrue(get("a=1&".repeat(300) + "uuid=1").isMalformed());
    }

    @Test
    void a_completed_call_states_its_times_and_its_cost() {
        CallEvent call = Fixtures.sample("vonage/completed.json");
        assertEquals(Kind.CHANGE, call.kind());
        assertEquals(CallState.ENDED, call.status());
        assertEquals(true, call.answered());
        assertEquals(new Parties(CallDirection.INBOUND, "15555550142", "15555550100"), call.parties());
        assertEquals(
                Moment.stated(Instant.parse("2026-06-01T13:00:02Z")),
                call.times().answered());
        assertEquals(
                Moment.stated(Instant.parse("2026-06-01T13:01:13Z")),
                call.times().ended());
        assertEquals(71, call.report().get(ReportField.DURATION_SECONDS));
        assertEquals(new BigDecimal("0.015028"), call.report().get(ReportField.COST));
        assertEquals("EUR", call.report().get(ReportField.CURRENCY));
        assertEquals("completed", call.report().get(ReportField.ENDED_REASON));
        assertEquals(List.of(new CallKey("vonage", CONVERSATION)), call.keys());
        assertEquals(
                Map.of("network", "US-FIXED", "rate", "0.01270000", "sipCode", "200", "disconnectedBy", "user"),
                call.metadata());
    }

    @ParameterizedTest
    @CsvSource({
        "started, QUEUED",
        "ringing, RINGING",
        "answered, IN_PROGRESS",
        "human, IN_PROGRESS",
        "machine, IN_PROGRESS",
        "busy, ENDED",
        "cancelled, ENDED",
        "unanswered, ENDED",
        "rejected, ENDED",
        "failed, ENDED",
        "timeout, ENDED",
        "completed, ENDED",
        "disconnected,",
        "novelty,"
    })
    void every_status_is_a_state(String status, CallState state) {
        assertEquals(state, told(status(status, "")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "cancelled", "unanswered", "rejected", "failed", "timeout"})
    void completed_does_not_replace_why_nobody_answered(String status) {
        CallEvent failed = told(status(status, ""));
        assertEquals(false, failed.answered());
        assertEquals(status, failed.report().get(ReportField.ENDED_REASON));
        CallEvent completed = told(status("completed", ", \"duration\": \"0\""));
        assertEquals(false, completed.answered());
        assertTrue(failed.rank() > completed.rank());
        assertNull(told(status("completed", "")).answered(), "no duration proves nothing");
    }

    @Test
    void who_answered_is_told() {
        CallEvent machine = Fixtures.sample("vonage/machine.json");
        assertEquals(CALL, machine.callId());
        assertEquals(AnsweredBy.MACHINE, machine.report().get(ReportField.ANSWERED_BY));
        assertEquals("beep_start", machine.metadata().get("machineState"));
        assertEquals(AnsweredBy.HUMAN, told(status("human", "")).report().get(ReportField.ANSWERED_BY));
        assertNull(Fixtures.sample("vonage/answered.json").report().get(ReportField.ANSWERED_BY));
    }

    @Test
    void a_recording_belongs_to_the_conversation() {
        CallEvent record = Fixtures.sample("vonage/record.json");
        assertEquals(CONVERSATION, record.callId());
        assertNull(record.status());
        assertEquals(
                "https://api.nexmo.com/v1/files/2970d0a1-bc80-5c5d-b287-a61b80bf2fa3",
                record.report().get(ReportField.RECORDING_URL));
    }

    @Test
    void a_transferred_call_goes_by_both_conversations() {
        CallEvent transfer = Fixtures.sample("vonage/transfer.json");
        String other = "CON-9645eb20-9873-5992-868e-ab476026ba1e";
        assertEquals(List.of(new CallKey("vonage", CONVERSATION), new CallKey("vonage", other)), transfer.keys());
        assertEquals(other, transfer.metadata().get("transferredTo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{} {}",
                "{\"uuid\": 1}",
                "{\"uuid\": [\"a\"]}",
                "{\"uuid\": \" \"}",
                "{\"uuid\": \"a\", \"uuid\": null}",
                "{\"status\": \"completed\"}",
                "not JSON"
            })
    void what_names_no_call_is_malformed(String body) {
        assertTrue(Fixtures.identify("vonage", body).isMalformed());
    }

    @Test
    void an_id_beyond_all_bounds_is_malformed() {
        assertTrue(Fixtures.identify("vonage", "{\"uuid\": \"" + "a".repeat(401) + "\"}")
                .isMalformed());
    }

    @Test
    void a_delivery_without_a_token_comes_again_and_a_wrong_one_does_not() {
        for (Map<String, String> none :
                List.of(Map.<String, String>of(), Map.of("Authorization", ""), Map.of("Authorization", " "))) {
            assertEquals(Verdict.RETRY, verdict(none));
        }
        for (String wrong :
                List.of("Bearer", "Bearer x", "Basic dTpw", "Bearer a.b.c", "Bearer ..", "a".repeat(9_000))) {
            assertEquals(Verdict.REFUSED, verdict(Map.of("Authorization", wrong)), wrong);
        }
    }

    private Verdict verdict(Map<String, String> headers) {
        byte[] body = Fixtures.bytes("vonage/completed.json");
        return Fixtures.verdict(vonage, Fixtures.delivery(body, headers), Fixtures.ARRIVED, body);
    }

    private static String text(String sample) {
        return Fixtures.text("vonage/" + sample + ".json");
    }

    static String status(String status, String more) {
        return "{\"uuid\": \"a\", \"status\": \"" + status + "\", \"timestamp\": \"2026-06-01T13:00:00Z\"" + more + "}";
    }

    static CallEvent told(String body) {
        return Fixtures.event("vonage", body);
    }

    private CallEvent told(IdentifiedEvent event) {
        return vonage.translate(new RawEvent(event.type(), 1, event.body(), Fixtures.ARRIVED));
    }

    private IdentifiedEvent get(String query) {
        Delivery delivery = Fixtures.delivery("GET", Fixtures.URL + "?" + query, new byte[0], Map.of());
        return vonage.identify(delivery).get(0);
    }
}
