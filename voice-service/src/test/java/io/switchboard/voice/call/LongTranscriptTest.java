package io.switchboard.voice.call;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.provider.SignedDelivery;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The longest transcripts, from the provider's delivery to the call that is shown. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class LongTranscriptTest {
    private static final int LONGEST = 4 * 1024 * 1024;

    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vapi | {'message': {'type': 'end-of-call-report', 'call': {'id': 'ID'}, 'artifact': {'transcript': 'T'}}}",
                "retell | {'event': 'call_ended', 'call': {'call_id': 'ID', 'transcript': 'T'}}",
                "elevenlabs | {'type': 'post_call_transcription', 'event_timestamp': 1780318871,"
                        + " 'data': {'conversation_id': 'ID', 'transcript': [{'role': 'user', 'message': 'T'}]}}",
                "telnyx | {'data': {'event_type': 'call.recording.transcription.saved', 'id': 'e1',"
                        + " 'payload': {'call_leg_id': 'ID', 'transcription_text': 'T'}}}",
                "standard | {'type': 'call.ended', 'timestamp': '2026-06-01T13:01:11Z',"
                        + " 'data': {'callId': 'ID', 'transcript': 'T'}}"
            })
    void a_transcript_of_4_mib_is_shown_and_searched_to_its_end(String provider, String body) {
        var front = Front.of(acme, provider, SignedDelivery.secret(provider));
        var said = "alpha " + "a cleaning on Thursday, please. ".repeat(LONGEST / 32);
        var whole = said.substring(0, LONGEST - 12) + " omega";
        send(front, body.replace('\'', '"').replace("ID", call.id()).replace("\"T\"", '"' + whole + '"'));
        if (provider.equals("telnyx")) {
            send(front, hangup());
        }
        Settled.all(acme);
        var shown = transcript();
        assertTrue(shown.contains(whole), "its length is " + shown.length());
        for (var word : new String[] {"alpha", "omega"}) {
            acme.get("/api/calls?q=" + word).then().body("items.providerCallId", contains(call.id()));
        }
    }

    @Test
    void more_different_words_than_an_index_entry_holds_do_not_fail() {
        var front = Front.of(acme, "standard");
        var words = IntStream.range(0, LONGEST / 8).mapToObj("w%06d"::formatted).collect(Collectors.joining(" "));
        send(front, ended(words));
        Settled.all(acme);
        assertEquals(words, transcript());
        acme.get("/api/calls?q=w000000").then().body("items", hasSize(1));
        acme.get("/api/calls?q=w030000").then().body("items", hasSize(1));
    }

    @Test
    void a_longer_one_is_cut() {
        var front = Front.of(acme, "standard");
        send(front, ended("a".repeat(LONGEST) + "b"));
        Settled.all(acme);
        assertEquals("a".repeat(LONGEST), transcript());
    }

    private String ended(String transcript) {
        return "{\"type\": \"call.ended\", \"timestamp\": \"2026-06-01T13:01:11Z\", \"data\": {\"callId\": \""
                + call.id() + "\", \"transcript\": \"" + transcript + "\"}}";
    }

    private String hangup() {
        return "{\"data\": {\"event_type\": \"call.hangup\", \"id\": \"e2\", \"payload\": {\"call_leg_id\": \""
                + call.id() + "\"}}}";
    }

    private String transcript() {
        return acme.get("/api/calls/" + acme.get("/api/calls").<String>path("items[0].id"))
                .path("transcript");
    }

    private static void send(Front front, String body) {
        var signed = SignedDelivery.of(front, "application/json", body.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                200, front.send(signed.query(), signed.headers(), signed.body()).join());
    }
}
