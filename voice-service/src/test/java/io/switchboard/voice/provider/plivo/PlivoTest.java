package io.switchboard.voice.provider.plivo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallState;
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
import org.junit.jupiter.params.provider.ValueSource;

/** How Plivo's requests are named and answered. */
class PlivoTest {
    private static final String CALL = "ee78123a-2f3b-54a9-8e4e-78e2f8846bf7";
    private static final String RECORDING = "a37d19d1-2bfe-5fa1-8141-b85a329a34e3";

    private final Plivo plivo = new Plivo();

    @Test
    void requests_are_named_by_call_event_and_status() {
        assertEquals(CALL + ":StartApp:ringing", name("answer"));
        assertEquals(CALL + ":Hangup:completed", name("hangup"));
        assertEquals("9d3f24c3-c468-58e0-904f-febc09c319bf:Hangup:busy", name("hangup-busy"));
        assertEquals("0b22e78c-8215-56ad-8f92-0a7b2d78f567:Ring:ringing", name("ring"));
    }

    @Test
    void recordings_go_by_their_own_id() {
        assertEquals(RECORDING, name("record-callback"));
        assertEquals("r1", named("call_uuid=c&recording_id=r1&record_url=x"), "as the API's recordings spell it");
        assertEquals("r1:started", named("CallUUID=c&RecordingID=r1&RecordUrl=x&RecordingDuration=-1"));
        assertEquals("c:r1:transcription", named("call_uuid=c&recording_id=r1&transcription=Hello"));
    }

    @Test
    void inputs_and_legs_of_one_state_are_told_apart() {
        String input = "CallUUID=c&Event=Redirect&CallStatus=in-progress";
        assertEquals(named(input + "&Digits=1"), named(input + "&Digits=1&BilledAmount=0.02"));
        assertNotEquals(named(input + "&Digits=1"), named(input + "&Digits=2"));
        assertNotEquals(named(input + "&Speech=yes"), named(input + "&Speech=no"));
        assertEquals(
                "c:DialAnswer:in-progress:b1:answer",
                named("CallUUID=c&Event=DialAnswer&CallStatus=in-progress&DialBLegUUID=b1&DialAction=answer"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CallUUID=c&HangupCause=NORMAL_CLEARING&CallStatus=completed | Hangup | ENDED",
                "CallUUID=c&HangupCause=NORMAL_CLEARING | Hangup | ENDED",
                "CallUUID=c&CallStatus=in-progress | CallStatus | IN_PROGRESS",
                "CallUUID=c&CallStatus=ringing | CallStatus | RINGING",
                "CallUUID=c&CallStatus=no-answer | CallStatus | ENDED",
                "CallUUID=c&Event=StartApp&HangupCause=x&CallStatus=ringing | StartApp | RINGING",
                "CallUUID=c&Event=Novelty&CallStatus=queued | Novelty | QUEUED"
            })
    void without_an_event_the_fields_tell_the_kind(String body, String type, CallState status) {
        assertEquals(type, Fixtures.identify("plivo", body).type());
        assertEquals(status, Fixtures.event("plivo", body).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&&", "a=b", "CallUUID=", "%zz=%", "{\"CallUUID\":\"c\"}"})
    void what_names_neither_call_nor_recording_is_malformed(String body) {
        assertTrue(Fixtures.identify("plivo", body).isMalformed());
    }

    @Test
    void a_conference_s_recording_is_about_no_call() {
        IdentifiedEvent event = Fixtures.identify("plivo", "recording_id=r1&record_url=x&conference_name=room");
        assertEquals("r1", event.eventId());
        assertNull(event.callKey());
        assertNull(plivo.translate(new RawEvent(event.type(), 1, event.body(), Fixtures.ARRIVED)));
    }

    @Test
    void a_get_tells_the_same_as_a_post() {
        String query = Fixtures.text("plivo/hangup.form");
        var get = Fixtures.delivery("GET", Fixtures.URL + "?" + query, new byte[0], Map.of());
        IdentifiedEvent event = plivo.identify(get).get(0);
        assertEquals(CALL + ":Hangup:completed", event.eventId());
        assertEquals(query, new String(event.body(), StandardCharsets.UTF_8));
    }

    @Test
    void a_post_s_query_is_the_tenant_s_own() {
        var post = Fixtures.delivery(
                "POST",
                Fixtures.URL + "?CallUUID=other&Event=Hangup",
                "CallUUID=c&Event=Ring".getBytes(StandardCharsets.UTF_8),
                Map.of());
        assertEquals("c:Ring", plivo.identify(post).get(0).eventId());
    }

    @Test
    void every_request_is_answered_with_an_empty_document() {
        assertEquals(Reply.TWIML, plivo.reply(List.of()));
        assertTrue(plivo.accepts("GET") && plivo.accepts("POST"));
        assertFalse(plivo.accepts("PUT"));
    }

    private static String name(String sample) {
        return named(Fixtures.text("plivo/" + sample + ".form"));
    }

    private static String named(String body) {
        return Fixtures.identify("plivo", body).eventId();
    }
}
