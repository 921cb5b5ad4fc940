package io.switchboard.voice.provider.retell;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.signature.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From Retell's deliveries to the calls that people see. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class RetellFlowTest {
    private static final String CALL = "call_f621827f917c793897ac98d1d63";
    private static final List<String> OF_ONE_CALL = List.of(
            "call_started",
            "transcript_updated",
            "custom-function",
            "transfer_started",
            "transfer_bridged",
            "transfer_cancelled",
            "transfer_ended",
            "call_ended",
            "call_analyzed");

    private final Caller acme = Caller.adminOfNewOrg();
    private Front front;

    @BeforeEach
    void createEndpoint() {
        front = Front.of(acme, "retell");
    }

    @Test
    void a_call_is_shown_with_all_that_is_told() {
        OF_ONE_CALL.forEach(sample -> post(sample(sample))
                .then()
                .statusCode(200)
                .body("size()", is(sample.equals("custom-function") ? 1 : 0)));
        Settled.all(acme);
        acme.get("/api/calls").then().body("items.providerCallId", is(List.of(CALL)));
        acme.get("/api/calls/" + acme.get("/api/calls").<String>path("items[0].id"))
                .then()
                .statusCode(200)
                .body("provider", is("retell"))
                .body("carrierCallId", is("CAe33e1417ed30d158a2fc1da164261a10"))
                .body("status", is("ended"))
                .body("direction", is("inbound"))
                .body("fromNumber", is("+15555550142"))
                .body("toNumber", is("+15555550100"))
                .body("answered", is(true))
                .body("answeredBy", is("human"))
                .body("startedAt", is("2026-06-01T13:00:00Z"))
                .body("answeredAt", is("2026-06-01T13:00:00Z"))
                .body("endedAt", is("2026-06-01T13:01:11Z"))
                .body("durationSeconds", is(71))
                .body("endedReason", is("user_hangup"))
                .body("cost", is(0.112f))
                .body("currency", is("USD"))
                .body("tokens", is(3200))
                .body("summary", is("The caller booked a cleaning for Thursday."))
                .body("success", is(true))
                .body("recordingUrl", is("https://storage.example.com/retell/" + CALL + ".wav"))
                .body("transcript", is("AI: Acme Dental, how can I help?\nUser: Can I book a cleaning on Thursday?\n"))
                .body("metadata.assistantId", is("agent_0e78f768605be11d8c63a44f9c"))
                .body("metadata.forwardedTo", is("+15555550110"))
                .body("contactId", notNullValue());
    }

    @Test
    void a_dial_that_nobody_took_is_shown() {
        post(sample("call_ended-dial-no-answer")).then().statusCode(200);
        Settled.all(acme);
        acme.get("/api/calls")
                .then()
                .body("items[0].status", is("ended"))
                .body("items[0].direction", is("outbound"))
                .body("items[0].answered", is(false))
                .body("items[0].answeredAt", nullValue())
                .body("items[0].durationSeconds", is(0))
                .body("items[0].endedReason", is("dial_no_answer"));
    }

    @Test
    void what_is_no_call_is_kept_and_done() {
        post(sample("call_inbound")).then().statusCode(200).body(is("{\"call_inbound\":{}}"));
        for (var type : List.of("chat_started", "chat_ended", "chat_analyzed")) {
            post("{\"event\":\"" + type + "\",\"chat\":{\"chat_id\":\"chat_1\"}}")
                    .then()
                    .statusCode(200);
        }
        Settled.all(acme);
        acme.get("/api/webhook-events")
                .then()
                .body("items.type", containsInAnyOrder("call_inbound", "chat_started", "chat_ended", "chat_analyzed"));
        acme.get("/api/calls").then().body("items.size()", is(0));
    }

    @Test
    void a_second_report_fills_what_the_first_left_empty() {
        var report = sample("call_analyzed");
        post(report.replace("\"call_summary\"", "\"no_summary\"")).then().statusCode(200);
        post(report.replace("user_hangup", "agent_hangup")).then().statusCode(200);
        post(report.replace("user_hangup", "agent_hangup")).then().statusCode(200);
        Settled.all(acme);
        acme.get("/api/webhook-events").then().body("items.size()", is(2));
        acme.get("/api/calls")
                .then()
                .body("items[0].endedReason", is("user_hangup"))
                .body("items[0].summary", is("The caller booked a cleaning for Thursday."));
    }

    @Test
    void events_in_any_order_end_in_the_same_call() {
        var ends = new HashSet<Map<String, Object>>();
        for (int seed = 0; seed < 4; seed++) {
            var other = Caller.adminOfNewOrg();
            var endpoint = Front.of(other, "retell");
            var samples = new ArrayList<>(OF_ONE_CALL);
            samples.addAll(OF_ONE_CALL.subList(0, 4)); // some come twice
            Collections.shuffle(samples, new Random(seed));
            samples.forEach(sample -> post(endpoint, sample(sample)).then().statusCode(200));
            Settled.all(other);
            Map<String, Object> end = other.get("/api/calls").path("items[0]");
            List.of("id", "contactId", "createdAt", "updatedAt").forEach(end::remove);
            ends.add(end);
        }
        assertEquals(1, ends.size(), ends::toString);
    }

    @Test
    void what_is_not_signed_is_refused() {
        var body = sample("call_ended");
        post(front.with("another"), body).then().statusCode(401);
        given().body(body).post(front.path()).then().statusCode(401);
        given().header("Authorization", "Bearer " + front.secret())
                .body(body)
                .post(front.path())
                .then()
                .statusCode(401);
        signed(front, body, System.currentTimeMillis() - 301_000).then().statusCode(401);
        acme.get("/api/webhook-events").then().body("items.size()", is(0));
        post("{\"event\": ").then().statusCode(200);
        acme.get("/api/webhook-events?status=dead").then().body("items.error", hasItem("The body is not JSON."));
    }

    private static String sample(String name) {
        return Fixtures.text("retell/" + name + ".json");
    }

    private Response post(String body) {
        return post(front, body);
    }

    private static Response post(Front endpoint, String body) {
        return signed(endpoint, body, System.currentTimeMillis());
    }

    /** As Retell signs: over the raw body and its clock's time. */
    private static Response signed(Front endpoint, String body, long millis) {
        var time = Long.toString(millis);
        var mac = Signature.hmac(
                "HmacSHA256", Signature.utf8(endpoint.secret()), Signature.utf8(body), Signature.utf8(time));
        return given().header("Content-Type", "application/json")
                .header("x-retell-signature", "v=" + time + ",d=" + Signature.hex(mac))
                .body(Signature.utf8(body))
                .post(endpoint.path());
    }
}
