package io.switchboard.voice.call;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What crm-service is told because of calls, and what becomes of it when it cannot be told. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class CallToCrmTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @Test
    void a_missed_call_is_told_once() {
        var front = Front.of(acme, "twilio");
        front.twilio(call.twilio("ringing", 0)).then().statusCode(200);
        for (int times = 0; times < 3; times++) {
            front.twilio(call.twilio("no-answer", 1)).then().statusCode(200);
        }
        settled();
        acme.get("/api/calls")
                .then()
                .body("items.status", contains("ended"))
                .body("items.answered", contains(false))
                .body("items.durationSeconds", contains(0));
        var id = acme.get("/api/calls").<String>path("items[0].id");
        var told = Crm.notifications(id);
        assertEquals(1, told.size());
        assertEquals(id + ":missed_call", told.get(0).getString("idempotencyKey"));
        assertEquals(
                new JsonObject("{\"audience\": {\"roles\": [\"admin\", \"agent\"]}, \"type\": \"missed_call\"}")
                        .put("title", "Missed call from " + call.caller())
                        .put("message", "A call from " + call.caller() + " on 1 June 2026, 13:20 UTC was not answered.")
                        .put("relatedType", "call")
                        .put("relatedId", id),
                body(told));
    }

    @Test
    void a_hot_lead_is_told_with_the_contact() {
        var hot = call.vapi("end-of-call-report").replace("\"intent\": \"booking\"", "\"leadScore\": \"hot\"");
        Front.of(acme, "vapi").vapi(hot).then().statusCode(200);
        settled();
        assertEquals("hot", body(Crm.contacts(call.caller())).getString("leadScore"));
        acme.get("/api/calls").then().body("items.leadScore", contains("hot"));
    }

    @Test
    void while_crm_service_is_away_only_effects_wait() {
        Crm.answer(call.caller(), 503);
        var front = Front.of(acme, "vapi");
        front.vapi(call.vapi("status-update-in-progress")).then().statusCode(200);
        front.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        await().untilAsserted(() -> acme.get("/api/calls").then().body("items.status", contains("ended")));

        var globex = Caller.adminOfNewOrg();
        var theirs = SampleCall.create();
        Front.of(globex, "vapi").vapi(theirs.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(globex);
        assertEquals(1, Crm.contacts(theirs.caller()).size());
        acme.get("/api/webhook-events?status=done").then().body("items.size()", not(is(2)));
        acme.get("/api/webhook-events?status=dead").then().body("items.size()", is(0));

        Crm.answer(call.caller(), 200);
        settled();
        acme.get("/api/webhook-events").then().body("items.status", contains("done", "done"));
        acme.get("/api/calls").then().body("items.contactId", contains(notNullValue()));
        var keys = Crm.contacts(call.caller()).stream()
                .map(told -> told.getString("idempotencyKey"))
                .toList();
        assertEquals(keys.size(), new HashSet<>(keys).size(), "each effect once");
    }

    @Test
    void eight_refusals_of_crm_service_make_a_dead_letter() {
        Crm.answer(call.caller(), 422);
        Front.of(acme, "vapi").vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        await().untilAsserted(() -> acme.get("/api/webhook-events?status=dead&provider=vapi")
                .then()
                .body("items.attempts", contains(8))
                .body("items.error", contains("crm-service refused what follows from the event (status 422).")));
        acme.get("/api/calls").then().body("items.status", contains("ended"));

        Crm.answer(call.caller(), 200);
        var id = acme.get("/api/webhook-events").<String>path("items[0].id");
        var replay = "/api/webhook-events/" + id + "/replay";
        Caller.adminOfNewOrg().post(replay, "").then().statusCode(404);
        acme.post(replay, "").then().statusCode(200).body("id", is(id)).body("attempts", is(0));
        settled();
        assertEquals(1, Crm.contacts(call.caller()).size());
        acme.post(replay, "").then().statusCode(409).body("type", is("urn:switchboard:problem:webhook_event_not_dead"));
    }

    private void settled() {
        Settled.all(acme);
    }

    private static JsonObject body(List<JsonObject> told) {
        return new JsonObject(told.get(0).getString("body"));
    }
}
