package io.switchboard.voice.provider.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes.Basis;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.callevent.TranscriptFragment;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.Signature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioTest {
    private static final byte[] KEY = bytes("token");
    private static final String INBOUND = "CAbd8fcf082869eab11e67777f573276c8";
    private static final String OUTBOUND = "CAe2120e39f773b4d619be5a1ecb6ebe35";

    private final Twilio twilio = new Twilio();

    @Test
    void repeated_parameters_are_signed_once_for_each_distinct_value() {
        assertTrue(verifies("POST", Fixtures.URL, "b=2&a=y&a=x&a=y&e=", Fixtures.URL + "axayb2e"));
        assertFalse(verifies("POST", Fixtures.URL, "b=2&a=y&a=x&a=y", Fixtures.URL + "ayaxayb2"));
    }

    @Test
    void more_than_300_fields_are_not_parsed_to_find_out() {
        String fields = "a=&".repeat(299);
        assertTrue(verifies("POST", Fixtures.URL, fields + "&&b=1", Fixtures.URL + "ab1"));
        assertFalse(verifies("POST", Fixtures.URL, fields + "b=1&b=1", Fixtures.URL + "ab1"));
    }

    @Test
    void what_twilio_may_add_after_signing_need_not_be_signed() {
        String body = "CallSid=CA1&CallToken=t&StirVerstat=A";
        assertTrue(verifies("POST", Fixtures.URL, body, Fixtures.URL + "CallSidCA1CallTokentStirVerstatA"));
        assertTrue(verifies("POST", Fixtures.URL, body, Fixtures.URL + "CallSidCA1"));
        assertFalse(verifies("POST", Fixtures.URL, body, Fixtures.URL + "CallSidCA1CallTokent"));
        assertFalse(verifies("POST", Fixtures.URL, body + "&To=1", Fixtures.URL + "CallSidCA1"));
    }

    @Test
    void of_a_get_only_the_url_is_signed() {
        String url = Fixtures.URL + "?CallSid=CA1&CallStatus=completed";
        assertTrue(verifies("GET", url, "", url));
        assertFalse(verifies("GET", url + "&CallDuration=9", "", url));
        IdentifiedEvent event = twilio.identify(Fixtures.delivery("GET", url, new byte[0], Map.of()))
                .get(0);
        assertEquals("CA1:completed", event.eventId());
        assertEquals("CallSid=CA1&CallStatus=completed", new String(event.body(), StandardCharsets.UTF_8));
    }

    @Test
    void a_body_of_json_must_be_the_one_whose_hash_was_signed() {
        String body = "[]";
        String url = Fixtures.URL + "?bodySHA256=" + Signature.hex(Signature.sha256(bytes(body)));
        assertTrue(verifies("POST", url, body, url));
        assertFalse(verifies("POST", url, "[ ]", url));
        assertFalse(verifies("POST", Fixtures.URL, body, Fixtures.URL), "without a hash nothing vouches for the body");
    }

    @Test
    void requests_are_named_by_the_fields_that_make_them_one_event() {
        assertEquals(INBOUND + ":incoming-call", name("incoming-call"));
        assertEquals(OUTBOUND + ":2:in-progress", name("status-in-progress"));
        assertEquals(OUTBOUND + ":amd", name("amd-status"));
        assertEquals(INBOUND + ":dial:CA8741172e4eb3f98531945d4f398b7a82:completed", name("dial-action"));
        assertEquals("RE8614efadb574651bb6d946a40dfddf70:completed", name("recording-completed"));
        assertEquals("TR7ed03d60a8552d5135c2e6d378f34f0b:completed", name("transcription-completed"));
        assertEquals(
                "GT8c80b0718c0004415737a9cf171d846f:2:transcription-content", name("realtime-transcription-content"));
    }

    @Test
    void a_retry_has_the_same_name_with_the_token_and_without() {
        for (String sample : List.of("status-completed", "incoming-call", "recording-failed", "amd-status")) {
            byte[] body = Fixtures.bytes("twilio/" + sample + ".form");
            assertEquals(named(body, Map.of()), named(body, Map.of("i-twilio-idempotency-token", "t1")), sample);
        }
    }

    @Test
    void requests_without_an_id_take_the_token_else_the_parameters() {
        byte[] body = Fixtures.bytes("twilio/gather-digits.form");
        assertEquals(INBOUND + ":gather:t1", named(body, Map.of("I-Twilio-Idempotency-Token", "t1")));
        assertEquals(named(bytes("CallSid=CA1&Digits=1"), Map.of()), named(bytes("Digits=1&CallSid=CA1"), Map.of()));
        assertNotEquals(named(bytes("CallSid=CA1&Digits=1"), Map.of()), named(bytes("CallSid=CA1&Digits=2"), Map.of()));
    }

    @Test
    void unknown_requests_are_accepted_if_they_are_about_a_call() {
        IdentifiedEvent event = Fixtures.identify("twilio", "CallSid=CA1&Novelty=1");
        assertEquals("other", event.type());
        assertEquals("CA1", event.callKey());
        for (String body : List.of("", "&&", "a=b", "%zz=%", "{\"a\":", "[{}]", "[{}] x", "{}")) {
            assertTrue(Fixtures.identify("twilio", body).isMalformed(), body);
        }
        assertTrue(twilio.identify(Fixtures.delivery(bytes("[1,\"x\"]"), Map.of())).stream()
                .allMatch(IdentifiedEvent::isMalformed));
        assertEquals(List.of(), twilio.identify(Fixtures.delivery(bytes(" [] "), Map.of())));
    }

    @Test
    void every_event_of_a_batch_is_kept_by_itself() {
        String one = "{\"id\": \"EZ1\", \"type\": \"t\", \"data\": {\"text\": \"ä]}\"}}";
        String two = "{\"id\":\"EZ2\",\"type\":\"t\"}";
        List<IdentifiedEvent> events =
                twilio.identify(Fixtures.delivery(bytes("[ " + one + " ,\n" + two + "]"), Map.of()));
        assertEquals(
                List.of("EZ1", "EZ2"),
                events.stream().map(IdentifiedEvent::eventId).toList());
        assertEquals(one, new String(events.get(0).body(), StandardCharsets.UTF_8));
        assertEquals(two, new String(events.get(1).body(), StandardCharsets.UTF_8));
    }

    @Test
    void a_batch_of_more_than_64_events_is_one_malformed_event() {
        for (String element : List.of("{}", "1", "{\"id\":\"EZ1\",\"type\":\"t\"}", "[[]]", "\"\"")) {
            String most = "[" + (element + ",").repeat(63) + element + "]";
            assertEquals(
                    64,
                    twilio.identify(Fixtures.delivery(bytes(most), Map.of())).size(),
                    element);
            IdentifiedEvent more = Fixtures.identify("twilio", "[" + (element + ",").repeat(64) + element + "]");
            assertEquals("The delivery has more than 64 events.", more.flaw(), element);
        }
        assertEquals(
                "The delivery has more than 64 events.",
                Fixtures.identify("twilio", "[" + "1,".repeat(64) + "1, no end").flaw());
    }

    @Test
    void a_streamed_event_is_named_by_its_own_fields_alone() {
        String body =
                "{\"data\":{\"id\":\"no\",\"request\":{\"id\":\"no\",\"parameters\":{\"CallSid\":\"CA1\"},\"type\":7},"
                        + "\"list\":[{\"id\":\"no\"}]},\"id\":\"EZ1\",\"CallSid\":\"no\",\"type\":\"t\"}";
        IdentifiedEvent event = Fixtures.identify("twilio", body);
        assertEquals("EZ1", event.eventId());
        assertEquals("t", event.type());
        assertEquals("CA1", event.callKey());
        for (String nameless : List.of(
                "{\"id\":{},\"type\":\"t\"}", "{\"id\":\"\",\"type\":\"t\"}", "{\"id\":\"EZ\",\"type\":null}")) {
            assertTrue(Fixtures.identify("twilio", nameless).isMalformed(), nameless);
        }
        assertTrue(Fixtures.identify("twilio", "[".repeat(60) + "]".repeat(60)).isMalformed());
    }

    @Test
    void a_form_that_was_signed_by_its_hash_has_at_most_300_fields() {
        assertFalse(
                Fixtures.identify("twilio", "CallSid=CA1" + "&a".repeat(299)).isMalformed());
        IdentifiedEvent event = Fixtures.identify("twilio", "CallSid=CA1" + "&a".repeat(300));
        assertEquals("The form has more than 300 fields.", event.flaw());
    }

    @Test
    void a_streamed_event_tells_what_the_callback_told() {
        CallEvent event = Fixtures.sample("twilio/event-streams-batch.json");
        assertEquals(OUTBOUND, event.callId());
        assertEquals(CallState.ENDED, event.status());
        assertEquals(49, event.report().get(ReportField.DURATION_SECONDS));
        assertEquals(
                new Moment(Instant.parse("2026-06-01T13:10:58Z"), Basis.STATED),
                event.times().ended());
    }

    @Test
    void only_requests_for_instructions_are_answered_with_twiml() {
        for (String sample : List.of("incoming-call", "gather-digits", "gather-speech", "dial-action")) {
            assertEquals(Reply.TWIML, replyTo(sample), sample);
        }
        for (String sample : List.of("status-completed", "gather-partial", "recording-completed", "amd-status")) {
            assertEquals(Reply.EMPTY, replyTo(sample), sample);
        }
        assertEquals(Fixtures.text("twilio-responses/empty.twiml.xml"), Reply.TWIML.body());
    }

    @Test
    void a_final_callback_alone_tells_when_the_call_was_taken() {
        CallEvent event = Fixtures.sample("twilio/status-inbound-completed.form");
        assertEquals(true, event.answered());
        assertEquals(new Parties(CallDirection.INBOUND, "+15555550142", "+15555550100"), event.parties());
        Instant taken = Instant.parse("2026-06-01T13:00:01Z");
        assertEquals(new Moment(taken, Basis.STATED), event.times().answered());
        assertEquals(
                new Moment(taken.plusSeconds(71), Basis.STATED), event.times().ended());
        assertEquals(71, event.report().get(ReportField.DURATION_SECONDS), "seconds of talk, not the minutes billed");
        assertEquals("completed", event.report().get(ReportField.ENDED_REASON));
    }

    @Test
    void a_call_that_was_hung_up_busy_or_left_ringing_was_not_taken() {
        for (String sample : List.of("busy", "failed", "no-answer", "canceled")) {
            CallEvent event = Fixtures.sample("twilio/status-" + sample + ".form");
            assertEquals(CallState.ENDED, event.status());
            assertEquals(false, event.answered(), sample);
            assertEquals(sample, event.report().get(ReportField.ENDED_REASON));
        }
        assertEquals(false, told("CallStatus=completed&CallDuration=0").answered());
        assertNull(told("CallStatus=completed").answered());
    }

    @Test
    void recordings_and_transcriptions_fill_in_what_they_know() {
        assertTrue(String.valueOf(Fixtures.sample("twilio/recording-completed.form")
                        .report()
                        .get(ReportField.RECORDING_URL))
                .startsWith("https://api.twilio.com/"));
        assertNull(Fixtures.sample("twilio/recording-absent.form").report().get(ReportField.RECORDING_URL));
        assertEquals(
                "Hello, please call Acme Dental back.",
                Fixtures.sample("twilio/transcription-completed.form").transcript());
        assertEquals(
                "machine_end_beep",
                Fixtures.sample("twilio/amd-status.form").metadata().get("answeredBy"));
    }

    @Test
    void a_finished_utterance_is_a_fragment_of_the_talk() {
        String content = Fixtures.text("twilio/realtime-transcription-content.form");
        assertEquals(
                List.of(new TranscriptFragment(
                        "GT8c80b0718c0004415737a9cf171d846f:2",
                        TranscriptFragment.Speaker.CONTACT,
                        "I need to move my appointment",
                        2,
                        Instant.parse("2026-06-01T13:00:07.120Z"))),
                Fixtures.event("twilio", content).fragments());
        for (String other : List.of(
                content.replace("Final=true", "Final=false"),
                content.replaceFirst("TranscriptionData=[^&]*", "TranscriptionData=%7B"),
                content.replace("SequenceId=2", "SequenceId=x"))) {
            assertEquals(List.of(), Fixtures.event("twilio", other).fragments());
        }
    }

    @Test
    void who_answered_is_told_by_machine_detection() {
        assertEquals(
                AnsweredBy.MACHINE,
                Fixtures.sample("twilio/amd-status.form").report().get(ReportField.ANSWERED_BY));
        for (var each : Map.of("human", AnsweredBy.HUMAN, "fax", AnsweredBy.MACHINE, "unknown", AnsweredBy.UNKNOWN)
                .entrySet()) {
            assertEquals(
                    each.getValue(),
                    told("AnsweredBy=" + each.getKey()).report().get(ReportField.ANSWERED_BY));
        }
    }

    @Test
    void numbers_are_kept_as_they_came() {
        assertEquals(
                new Parties(null, "sip:a@b", "client:x"),
                told("From=sip:a@b&To=client:x").parties());
        assertEquals(
                new Parties(null, "anonymous", null),
                told("From=&Caller=anonymous&To=").parties());
    }

    private static CallEvent told(String params) {
        return Fixtures.event("twilio", "CallSid=CA1&CallbackSource=x&" + params);
    }

    private static String name(String sample) {
        return Fixtures.identify("twilio", Fixtures.text("twilio/" + sample + ".form"))
                .eventId();
    }

    private String named(byte[] body, Map<String, String> headers) {
        return twilio.identify(Fixtures.delivery(body, headers)).get(0).eventId();
    }

    private Reply replyTo(String sample) {
        return twilio.reply(twilio.identify(Fixtures.delivery(Fixtures.bytes("twilio/" + sample + ".form"), Map.of())));
    }

    private boolean verifies(String method, String url, String body, String signed) {
        String signature = Base64.getEncoder().encodeToString(Signature.hmac("HmacSHA1", KEY, bytes(signed)));
        Delivery delivery = Fixtures.delivery(method, url, bytes(body), Map.of("x-twilio-signature", signature));
        return Fixtures.verdict(twilio, delivery, Instant.now(), KEY).isAccepted();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
