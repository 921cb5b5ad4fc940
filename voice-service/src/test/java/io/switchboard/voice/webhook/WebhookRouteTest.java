package io.switchboard.voice.webhook;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.inbox.Inbox;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class WebhookRouteTest {
    private static final int LARGEST = 5 * 1024 * 1024;

    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @Inject
    Inbox inbox;

    @Test
    void unsigned_and_unknown_are_refused_alike_and_not_stored() {
        var front = Front.of(acme, "vapi");
        var body = call.vapi("hang");
        var unknown = new Front(UUID.randomUUID().toString(), "vapi", "", "x");
        var noId = new Front("no-id", "vapi", "", "x");
        var otherProvider = new Front(front.id(), "twilio", front.url(), front.secret());
        var noProvider = new Front(front.id(), "telnyx", front.url(), front.secret());
        var refusal = refused(front.with("wrong").vapi(body));
        for (var other : List.of(unknown, noId, otherProvider, noProvider)) {
            assertEquals(refusal, refused(other.vapi(body)), other::path);
        }
        assertEquals(refusal, refused(given().body(body).post(front.path())));
        acme.get("/api/webhook-events").then().body("items.size()", is(0));
        front.vapi(body).then().statusCode(200);
        assertEquals(refusal, refused(given().get(front.path())), "Vapi sends no GET");
        given().put(front.path()).then().statusCode(405);
    }

    @Test
    void a_url_is_signed_as_it_was_called_on_the_public_origin() {
        var front = Front.of(acme, "twilio");
        front.twilio("?tag=a%20b", call.twilio("ringing", 0)).then().statusCode(200);
        new Front(front.id(), "twilio", "http://elsewhere.example.com", front.secret())
                .twilio(call.twilio("ringing", 0))
                .then()
                .statusCode(401);
    }

    @Test
    void twilio_is_answered_in_twiml_where_it_asks_for_it() {
        var front = Front.of(acme, "twilio");
        var incoming = call.twilio("ringing", 0);
        List.of("CallbackSource", "SequenceNumber", "Timestamp").forEach(incoming::remove);
        front.twilio(incoming).then().statusCode(200).contentType("text/xml").body(startsWith("<?xml"));
        assertEquals("", front.twilio(call.twilio("completed", 3)).asString());
    }

    @Test
    void what_is_signed_but_malformed_is_kept_as_dead() {
        var front = Front.of(acme, "vapi");
        front.vapi("{\"message\": ").then().statusCode(200);
        front.vapi("{\"message\": ").then().statusCode(200);
        acme.get("/api/webhook-events?status=dead")
                .then()
                .body("items.error", contains("The body is not JSON."))
                .body("items.type", contains("malformed"));
        acme.post("/api/webhook-events/replay", "").then().statusCode(200).body("replayed", is(1));
        await().untilAsserted(() -> acme.get("/api/webhook-events")
                .then()
                .body("items.status", contains("dead"))
                .body("items.attempts", contains(1)));
    }

    @Test
    void five_mebibytes_are_taken_and_no_more() throws Exception {
        var front = Front.of(acme, "vapi");
        var body = call.vapi("hang");
        var largest = body + " ".repeat(LARGEST - body.length());
        front.vapi(largest).then().statusCode(200);
        front.vapi(largest + " ")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("type", is("urn:switchboard:problem:body_too_large"));
        assertEquals(413, chunked(front, LARGEST + 1));
        assertEquals(413, chunked(new Front(UUID.randomUUID().toString(), "vapi", "", "x"), LARGEST + 1));
        assertEquals(401, chunked(front, LARGEST));
        acme.get("/api/webhook-events").then().body("items.size()", is(1));
    }

    @Test
    void a_row_that_the_database_refuses_sinks_only_itself() throws Exception {
        var endpoint = UUID.fromString(Front.of(acme, "vapi").id());
        var stored = new ArrayList<Future<Void>>();
        for (int i = 0; i < 50; i++) {
            var id = i == 25 ? tooLong() : "event-" + i;
            var body = ("{\"message\": {\"n\": " + i + "}}").getBytes();
            stored.add(inbox.store(
                    acme.orgId(),
                    endpoint,
                    List.of(new IdentifiedEvent(
                            id, "some-type", null, IdentifiedEvent.Repeat.IGNORED, null, body, null))));
        }
        for (var each : stored) {
            each.toCompletionStage().toCompletableFuture().get();
        }
        await().untilAsserted(() -> assertEquals(
                49,
                acme.get("/api/webhook-events?status=done&limit=200")
                        .<List<?>>path("items")
                        .size()));
        acme.get("/api/webhook-events?status=dead")
                .then()
                .body("items.type", contains("malformed"))
                .body("items.error", contains("The database refuses a value of the event."));
    }

    /** No index entry holds so much, and it cannot be packed. */
    private static String tooLong() {
        var text = new StringBuilder();
        new Random(1).ints(10_000, 33, 127).forEach(c -> text.append((char) c));
        return text.toString();
    }

    private static Map<String, Object> refused(Response response) {
        response.then().statusCode(401).contentType("application/problem+json");
        var problem = new HashMap<String, Object>(response.path(""));
        problem.remove("requestId");
        problem.remove("instance");
        return problem;
    }

    private static int chunked(Front front, int length) throws IOException, InterruptedException {
        var uri = URI.create("http://localhost:" + RestAssured.port + front.path());
        var request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length])))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
