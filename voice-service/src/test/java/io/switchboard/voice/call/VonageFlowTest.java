package io.switchboard.voice.call;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.provider.Fixtures;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From Vonage's signed deliveries to the calls. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class VonageFlowTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();
    private Front front;

    @BeforeEach
    void createEndpoint() {
        front = Front.of(acme, "vonage");
    }

    @Test
    void a_call_is_told_by_its_events_in_any_order() {
        front.vonageGet(sample("answer-get-query.txt"))
                .then()
                .statusCode(200)
                .body("action", contains("talk", "record"));
        for (var event : List.of("completed", "answered", "started", "ringing", "input", "completed")) {
            front.vonage(sample(event + ".json")).then().statusCode(200).body(is(""));
        }
        Settled.all(acme);
        shown().body("provider", is("vonage"))
                .body("status", is("ended"))
                .body("answered", is(true))
                .body("direction", is("inbound"))
                .body("fromNumber", is(call.caller().substring(1)))
                .body("toNumber", is("15555550100"))
                .body("startedAt", is("2026-06-01T13:00:00Z"))
                .body("answeredAt", is("2026-06-01T13:00:02Z"))
                .body("endedAt", is("2026-06-01T13:01:13Z"))
                .body("durationSeconds", is(71))
                .body("cost", is(0.015028f))
                .body("currency", is("EUR"))
                .body("endedReason", is("completed"))
                .body("metadata", hasEntry("disconnectedBy", "user"))
                .body("contactId", notNullValue());
        assertEquals(1, Crm.contacts(call.caller()).size(), "the number has its plus for the contact");
        acme.get("/api/webhook-events").then().body("items.size()", is(6));
    }

    @Test
    void a_call_that_nobody_took_ends_with_its_own_word() {
        front.vonage(sample("unanswered.json")).then().statusCode(200);
        front.vonage(sample("completed.json").replace("\"71\"", "\"0\"").replace("\"inbound\"", "\"outbound\""))
                .then()
                .statusCode(200);
        Settled.all(acme);
        shown().body("answered", is(false))
                .body("endedReason", is("unanswered"))
                .body("durationSeconds", is(0))
                .body("answeredAt", nullValue());
    }

    @Test
    void a_machine_that_answered_is_told_as_such() {
        front.vonage(sample("machine.json")).then().statusCode(200);
        Settled.all(acme);
        shown().body("answeredBy", is("machine")).body("status", is("in_progress"));
    }

    @Test
    void a_delivery_without_a_token_comes_again_on_every_path() {
        for (var path : List.of(
                front.path(), "/webhooks/vonage/" + UUID.randomUUID(), "/webhooks/vonage/no-id", front.path() + "/")) {
            given().body(sample("completed.json"))
                    .post(path)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", is("1"));
            given().header("Authorization", " ").get(path).then().statusCode(503);
            given().header("Authorization", "Bearer a.b.c")
                    .body("{}")
                    .post(path)
                    .then()
                    .statusCode(401);
            given().header("Authorization", "Bearer a.b.c").get(path).then().statusCode(401);
        }
        front.with("not the secret").vonage(sample("completed.json")).then().statusCode(401);
        front.with("not the secret").vonageGet("uuid=a&to=1").then().statusCode(401);
        given().head(front.path()).then().statusCode(405);
        given().put(front.path()).then().statusCode(405);
        acme.get("/api/webhook-events").then().body("items.size()", is(0));
    }

    @Test
    void what_names_no_call_is_kept_as_dead() {
        front.vonage("{\"status\": \"completed\"}").then().statusCode(200);
        front.vonageGet("to=15555550100").then().statusCode(200);
        acme.get("/api/webhook-events?status=dead")
                .then()
                .body("items.error", hasItem("The event names no call and no conversation."))
                .body("items.type", contains("malformed", "malformed"));
    }

    private String sample(String file) {
        return Fixtures.text("vonage/" + file)
                .replace("d4b16cf4-ace8-5ea6-be18-aca3c130f53c", call.id())
                .replace("CON-148c5884-7a1c-5486-95b4-0b33eb491146", "CON-" + call.id())
                .replace("15555550142", call.caller().substring(1));
    }

    private io.restassured.response.ValidatableResponse shown() {
        JsonPath listed = acme.get("/api/calls").jsonPath();
        assertEquals(List.of(call.id()), listed.getList("items.providerCallId"));
        return acme.get("/api/calls/" + listed.getString("items[0].id")).then().statusCode(200);
    }
}
