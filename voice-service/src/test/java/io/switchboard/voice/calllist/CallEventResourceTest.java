package io.switchboard.voice.calllist;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class CallEventResourceTest {
    private static final List<String> TOLD = List.of("ringing", "in-progress", "ended");

    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @Test
    void a_call_s_events_are_paged_newest_first_and_no_other_s() {
        var front = Front.of(acme, "vapi");
        TOLD.forEach(status ->
                front.vapi(call.vapi("status-update-" + status)).then().statusCode(200));
        front.vapi(SampleCall.create().vapi("hang")).then().statusCode(200);
        Settled.all(acme);
        var events = events();
        acme.get(events)
                .then()
                .statusCode(200)
                .body("items.size()", is(3))
                .body("items.type", everyItem(is("status-update")))
                .body("items.status", everyItem(is("done")));
        var ids = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var page = acme.get(events + "?limit=1&cursor=" + cursor);
            page.then().statusCode(200);
            ids.addAll(page.path("items.eventId"));
            cursor = page.path("nextCursor");
        }
        assertEquals(
                List.of(
                        call.id() + ":status-update:ended",
                        call.id() + ":status-update:in-progress",
                        call.id() + ":status-update:ringing"),
                ids);
    }

    @Test
    void what_is_still_to_be_sent_is_shown_too() {
        Crm.answer(call.caller(), 503);
        Front.of(acme, "vapi").vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        await().untilAsserted(() -> acme.get("/api/calls").then().body("items.size()", is(1)));
        acme.get(events()).then().body("items.type", contains("end-of-call-report"));
        Crm.answer(call.caller(), 200);
        Settled.all(acme);
        acme.get(events()).then().body("items.status", contains("done"));
    }

    @Test
    void only_admins_see_them_and_none_of_other_organizations() {
        Front.of(acme, "vapi").vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
        var events = events();
        for (var role : List.of("agent", "user", "enterprise", "client")) {
            acme.colleague(role).get(events).then().statusCode(403);
        }
        Caller.adminOfNewOrg()
                .get(events)
                .then()
                .statusCode(404)
                .body("type", is("urn:switchboard:problem:call_not_found"));
        acme.get("/api/calls/" + UUID.randomUUID() + "/events").then().statusCode(404);
    }

    private String events() {
        var id = acme.get("/api/calls").path("items.find { it.providerCallId == '" + call.id() + "' }.id");
        return "/api/calls/" + id + "/events";
    }
}
