package io.switchboard.voice.provider.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How Telnyx's deliveries are named and answered. */
class TelnyxTest {
    private static final String LEG = "6cc483c2-a6d6-5bba-8946-123cde0ad319";

    private final Telnyx telnyx = new Telnyx();

    @Test
    void only_posts_are_accepted_since_no_signature_covers_a_query() {
        assertTrue(telnyx.accepts("POST"));
        assertFalse(telnyx.accepts("GET"));
    }

    @Test
    void events_are_named_by_their_own_id_on_every_attempt() {
        String body = Fixtures.text("telnyx/call.answered.json");
        IdentifiedEvent event = Fixtures.identify("telnyx", body);
        assertEquals("e91bd84b-a655-5104-a6ac-00192d636b9a", event.eventId());
        assertEquals("call.answered", event.type());
        assertEquals(LEG, event.callKey());
        IdentifiedEvent again = Fixtures.identify("telnyx", body.replace("\"attempt\": 1", "\"attempt\": 2"));
        assertEquals(event.eventId(), again.eventId());
    }

    @Test
    void an_event_without_a_leg_goes_by_the_id_for_commands() {
        String body = event("call.speak.ended", "\"call_control_id\": \"v3:x\", \"call_session_id\": \"s\"");
        assertEquals("v3:x", Fixtures.identify("telnyx", body).callKey());
        CallEvent told = Fixtures.event("telnyx", body);
        assertEquals("v3:x", told.callId());
        assertEquals(List.of(new CallKey("telnyx", "s")), told.keys());
    }

    @Test
    void events_of_the_second_family_are_about_no_call() {
        String body = "{\"id\": \"a1\", \"event\": \"artifact.completed\", \"version\": \"1\","
                + " \"occurred_at\": \"2026-06-01T13:00:00Z\","
                + " \"data\": {\"id\": \"no\", \"payload\": {\"call_leg_id\": \"no\"}}}";
        IdentifiedEvent event = Fixtures.identify("telnyx", body);
        assertEquals("a1", event.eventId());
        assertEquals("artifact.completed", event.type());
        assertNull(event.callKey());
        assertNull(telnyx.translate(new RawEvent(event.type(), 1, event.body(), Fixtures.ARRIVED)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"data\": {}}",
                "{\"data\": []}",
                "{\"data\": {\"id\": \"1\"}}",
                "{\"data\": {\"event_type\": \"call.answered\"}}",
                "{\"data\": {\"event_type\": \"call.answered\", \"id\": \" \"}}",
                "{\"data\": {\"event_type\": [\"call.answered\"], \"id\": \"1\"}}",
                "{\"data\": {\"event_type\": \"call.answered\", \"id\": 1}}",
                "{\"data\": {\"event_type\": \"call.answered\", \"id\": [\"1\"]}}",
                "{\"event_type\": \"call.answered\", \"id\": \"1\"}",
                "{\"data\": {\"event_type\": \"call.answered\", \"id\": \"1\"}",
                "{\"data\": {\"event_type\": \"call.answered\", \"id\": \"1\"}} {}",
                "[{\"id\": \"1\", \"event\": \"x\"}]",
                "' '",
                "a=b",
                "CallSid="
            })
    void what_names_no_event_is_malformed(String body) {
        assertTrue(Fixtures.identify("telnyx", body).isMalformed());
    }

    @Test
    void only_requests_for_instructions_are_answered_with_texml() {
        assertEquals(Reply.EMPTY, replyTo(Fixtures.text("telnyx/call.initiated.json")));
        assertEquals(Reply.TWIML, replyTo("CallSid=v3:x&CallStatus=ringing"));
        assertEquals(Reply.EMPTY, replyTo("CallSid=v3:x&CallStatus=completed&CallbackSource=call-progress-events"));
    }

    private Reply replyTo(String body) {
        return telnyx.reply(telnyx.identify(Fixtures.delivery(body.getBytes(StandardCharsets.UTF_8), Map.of())));
    }

    static String event(String type, String payload) {
        return "{\"data\": {\"record_type\": \"event\", \"event_type\": \"" + type + "\", \"id\": \"e1\","
                + " \"occurred_at\": \"2026-06-01T13:00:00Z\", \"payload\": {" + payload + "}}}";
    }
}
