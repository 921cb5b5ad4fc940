package io.switchboard.voice.call;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class TranscriptTest {
    private static final long BEGAN = 1_780_318_806_600L;

    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();
    private Front front;

    @BeforeEach
    void open() {
        front = Front.of(acme, "vapi");
    }

    @Test
    void a_talk_that_goes_on_leaves_the_call_as_it_was() {
        say(0, "a cleaning");
        var before = row();
        for (int times = 1; times < 6; times++) {
            say(times, "a cleaning, please".repeat(times));
        }
        assertEquals(before, row(), "no new version of the row");
        say(2, "never mind"); // late
        acme.get("/api/calls/" + acme.get("/api/calls").path("items[0].id"))
                .then()
                .body("transcript", containsString("a cleaning, please".repeat(5)));
    }

    @Test
    void its_words_are_found_once_the_call_is_over() {
        say(0, "an extraction");
        acme.get("/api/calls?q=extraction").then().body("items", hasSize(0));
        send(call.vapi("status-update-ended"));
        acme.get("/api/calls?q=extraction").then().body("items", hasSize(1));
        send(call.vapi("end-of-call-report"));
        acme.get("/api/calls?q=extraction").then().body("items", hasSize(0));
        acme.get("/api/calls?q=thursday").then().body("items", hasSize(1));
    }

    @Test
    void a_talk_of_four_hundred_updates_changes_the_call_and_its_transcript_at_most_five_times() {
        send(call.vapi("status-update-in-progress"));
        var versions = new HashSet<String>();
        for (int times = 0; times < 400; times++) {
            front.vapi(said(times, "a cleaning, please ".repeat(times))).then().statusCode(200);
            if (times % 20 == 19) {
                Settled.all(acme);
                versions.addAll(transcriptRows());
            }
        }
        assertEquals(Set.of(), versions, "nothing is kept as its transcript before the end");
        send(call.vapi("status-update-ended"));
        versions.addAll(transcriptRows());
        acme.get("/api/calls?q=please").then().body("items", hasSize(1));
        send(call.vapi("end-of-call-report"));
        versions.addAll(transcriptRows());
        assertTrue(versions.size() <= 5, versions.toString());
        int version = Integer.parseInt(row().substring(row().lastIndexOf(' ') + 1));
        assertTrue(version <= 5, "the call was changed " + version + " times");
        assertEquals(List.of("0"), count("call_talks"));
    }

    @Test
    void utterances_make_the_transcript_where_nothing_fuller_is_told() {
        var twilio = Front.of(acme, "twilio");
        utter(twilio, 3, "outbound_track", "Thursday is fine");
        utter(twilio, 2, "inbound_track", "I need to move my appointment");
        utter(twilio, 2, "inbound_track", "I need to move my appointment");
        Settled.all(acme);
        var path = "/api/calls/" + acme.get("/api/calls").path("items[0].id");
        var said = "User: I need to move my appointment\nAI: Thursday is fine";
        acme.get(path).then().body("transcript", is(said));
        acme.get("/api/calls?q=appointment").then().body("items", hasSize(0));
        twilio.twilio(call.twilio("completed", 3)).then().statusCode(200);
        Settled.all(acme);
        acme.get("/api/calls?q=appointment").then().body("items", hasSize(1));
        utter(twilio, 4, "inbound_track", "Thank you"); // late
        Settled.all(acme);
        acme.get(path).then().body("transcript", is(said + "\nUser: Thank you"));
        acme.get("/api/calls?q=thank").then().body("items", hasSize(1));
        assertEquals(List.of("3"), count("call_fragments"));
        var fuller = new LinkedHashMap<>(call.twilio("completed", 3));
        fuller.keySet().removeAll(Set.of("CallbackSource", "SequenceNumber"));
        fuller.putAll(Map.of(
                "TranscriptionSid",
                "TR00000000000000000000000000000001",
                "TranscriptionStatus",
                "completed",
                "TranscriptionText",
                "All of it",
                "RecordingSid",
                "RE00000000000000000000000000000001"));
        twilio.twilio(fuller).then().statusCode(200);
        Settled.all(acme);
        acme.get(path).then().body("transcript", is("All of it"));
        utter(twilio, 5, "inbound_track", "Bye");
        Settled.all(acme);
        acme.get(path).then().body("transcript", is("All of it"));
    }

    private void utter(Front twilio, int sequence, String track, String words) {
        twilio.twilio(Map.of(
                        "CallSid", call.id(),
                        "AccountSid", "AC6e305a4e126bc918901575a9d69a5dec",
                        "TranscriptionSid", "GT8c80b0718c0004415737a9cf171d846f",
                        "TranscriptionEvent", "transcription-content",
                        "Timestamp", "2026-06-01T13:00:07.120000Z",
                        "SequenceId", Integer.toString(sequence),
                        "Track", track,
                        "TranscriptionData", "{\"transcript\":\"" + words + "\",\"confidence\":0.93}",
                        "Final", "true"))
                .then()
                .statusCode(200);
    }

    private List<String> transcriptRows() {
        return Sql.superuser()
                .column("select ctid || ' ' || xmin from call_transcripts where org_id = '" + acme.orgId() + "'");
    }

    private List<String> count(String table) {
        return Sql.superuser().column("select count(*) from " + table + " where org_id = '" + acme.orgId() + "'");
    }

    private String said(int times, String words) {
        return call.vapi("conversation-update")
                .replace(Long.toString(BEGAN), Long.toString(BEGAN + times))
                .replace("a cleaning", words);
    }

    private void say(int times, String words) {
        send(said(times, words));
    }

    private void send(String body) {
        front.vapi(body).then().statusCode(200);
        Settled.all(acme);
    }

    private String row() {
        return Sql.superuser()
                .column("select ctid || ' ' || xmin || ' ' || version from call_logs where org_id = '" + acme.orgId()
                        + "'")
                .get(0);
    }
}
