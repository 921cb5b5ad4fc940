package io.switchboard.voice.call;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From a provider's delivery to the call, and to what crm-service is told. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class CallFlowTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @Test
    void a_report_becomes_a_call_and_a_contact() {
        Front.of(acme, "vapi")
                .vapi(call.vapi("end-of-call-report"))
                .then()
                .statusCode(200)
                .body(is("{}"));
        settled();
        var id = acme.get("/api/calls").<String>path("items[0].id");
        acme.get("/api/calls/" + id)
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .body("provider", is("vapi"))
                .body("providerCallId", is(call.id()))
                .body("status", is("ended"))
                .body("direction", is("inbound"))
                .body("fromNumber", is(call.caller()))
                .body("durationSeconds", is(23))
                .body("cost", is(0.0444f))
                .body("startedAt", is("2026-06-01T13:00:01Z"))
                .body("contactId", notNullValue())
                .body("summary", is("Caller booked a cleaning for Thursday 09:30."))
                .body("transcript", startsWith("AI: Acme Dental"));
        var contacts = Crm.contacts(call.caller());
        assertEquals(1, contacts.size());
        assertEquals("2026-06-01T13:00:24Z", body(contacts).getString("lastContactAt"));
        assertTrue(contacts.get(0).getString("idempotencyKey").startsWith(id));
    }

    @Test
    void audit_service_hears_that_it_came_but_not_what_was_said() {
        Front.of(acme, "vapi").vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        settled();
        await().untilAsserted(() ->
                assertEquals(1, AuditTrail.of(acme.orgId(), "update").size()));
        var made = AuditTrail.of(acme.orgId(), "create").stream()
                .filter(event -> event.getString("resourceType").equals("call_logs"))
                .findFirst()
                .orElseThrow();
        assertEquals("voice-service", made.getString("actorId"));
        assertEquals(acme.get("/api/webhook-events").<String>path("items[0].id"), made.getString("requestId"));
        var told = made.getJsonObject("newData");
        assertEquals(call.id(), told.getString("provider_call_id"));
        for (var secret : List.of("summary", "evidence")) {
            assertEquals("[redacted]", told.getString(secret));
        }
        var said = AuditTrail.of(acme.orgId(), "create").stream()
                .filter(event -> event.getString("resourceType").equals("call_transcripts"))
                .findFirst()
                .orElseThrow();
        assertEquals(made.getString("resourceId"), said.getString("resourceId"));
        assertEquals(new JsonObject().put("transcript", "[redacted]"), said.getJsonObject("newData"));
    }

    @Test
    void a_hundred_redeliveries_change_nothing() {
        var front = Front.of(acme, "vapi");
        var report = call.vapi("end-of-call-report");
        assertEquals(Collections.nCopies(100, 200), posted(front, Collections.nCopies(100, report)));
        settled();
        var before = acme.get("/api/calls").asString();
        assertEquals(Collections.nCopies(100, 200), posted(front, Collections.nCopies(100, report)));
        settled();
        assertEquals(before, acme.get("/api/calls").asString());
        assertEquals(1, acme.get("/api/webhook-events").<List<?>>path("items").size());
        assertEquals(1, Crm.contacts(call.caller()).size());
    }

    @Test
    void events_in_any_order_end_in_the_same_call() {
        var samples = Stream.of("queued", "ringing", "in-progress", "forwarding", "ended")
                .map(status -> "status-update-" + status)
                .toList();
        var ends = new HashSet<Map<String, Object>>();
        for (int seed = 0; seed < 6; seed++) {
            var other = Caller.adminOfNewOrg();
            var bodies = new ArrayList<>(
                    Stream.concat(samples.stream(), Stream.of("end-of-call-report", "conversation-update", "hang"))
                            .map(call::vapi)
                            .toList());
            bodies.addAll(bodies.subList(0, 3)); // some come twice
            Collections.shuffle(bodies, new Random(seed));
            posted(Front.of(other, "vapi"), bodies);
            Settled.all(other);
            Map<String, Object> end = other.get("/api/calls").path("items[0]");
            List.of("id", "contactId", "createdAt", "updatedAt").forEach(end::remove);
            ends.add(end);
        }
        assertEquals(1, ends.size(), ends::toString);
    }

    @Test
    void many_events_of_one_call_are_taken_in_together() {
        var speech = call.vapi("speech-update");
        var bodies = IntStream.range(0, 100)
                .mapToObj(i -> speech.replaceFirst("\"timestamp\": \\d+", "\"timestamp\": " + (1780318801000L + i)))
                .toList();
        posted(Front.of(acme, "vapi"), bodies);
        settled();
        assertEquals(
                100,
                acme.get("/api/webhook-events?limit=200&status=done")
                        .<List<?>>path("items")
                        .size());
        acme.get("/api/calls").then().body("items.providerCallId", contains(call.id()));
    }

    @Test
    void another_organization_sees_nothing() {
        var endpoint = Front.of(acme, "vapi");
        endpoint.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        settled();
        var globex = Caller.adminOfNewOrg();
        for (var list : List.of("/api/calls", "/api/calls/recent", "/api/webhook-events", "/api/webhook-endpoints")) {
            assertEquals(1, acme.get(list).<List<?>>path("items").size(), list);
            globex.get(list).then().statusCode(200).body("items.size()", is(0));
        }
        var id = acme.get("/api/calls").<String>path("items[0].id");
        globex.get("/api/calls/" + id).then().statusCode(404);
        globex.get("/api/webhook-endpoints/" + endpoint.id()).then().statusCode(404);
        globex.delete("/api/webhook-endpoints/" + endpoint.id()).then().statusCode(404);
        for (var role : List.of("user", "enterprise", "client")) {
            acme.colleague(role).get("/api/calls").then().statusCode(200).body("items.size()", is(0));
            acme.colleague(role).get("/api/calls/" + id).then().statusCode(404);
        }
        acme.colleague("agent").get("/api/calls/" + id).then().statusCode(200);
    }

    private void settled() {
        Settled.all(acme);
    }

    private static JsonObject body(List<JsonObject> told) {
        return new JsonObject(told.get(0).getString("body"));
    }

    /** At once; the statuses of the answers. */
    private static List<Integer> posted(Front front, List<String> bodies) {
        var client = HttpClient.newHttpClient();
        var uri = URI.create("http://localhost:" + RestAssured.port + front.path());
        var answers = bodies.stream()
                .map(body -> {
                    var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));
                    front.vapiHeaders(body).forEach(request::header);
                    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
                })
                .toList();
        return answers.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .toList();
    }
}
