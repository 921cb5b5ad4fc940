package io.switchboard.voice.call;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
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

    private void say(int times, String words) {
        send(call.vapi("conversation-update")
                .replace(Long.toString(BEGAN), Long.toString(BEGAN + times))
                .replace("a cleaning", words));
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
