package io.switchboard.voice.webhook;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one delivery may cost, however it is made up: few rows, its bytes once, and no time of other tenants. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class DeliveryCostTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final int MEBIBYTE = 1024 * 1024;

    private final Caller acme = Caller.adminOfNewOrg();
    private final Caller globex = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @Test
    void many_tool_calls_share_the_one_body_that_named_them() {
        var front = Front.of(acme, "vapi");
        var body = toolCalls(64, 100_000);
        front.vapi(body).then().statusCode(200);
        front.vapi(body).then().statusCode(200);
        await().untilAsserted(() ->
                acme.get("/api/webhook-events?status=done&limit=200").then().body("items", hasSize(64)));
        acme.get("/api/calls").then().body("items.providerCallId", contains(call.id()));
        assertEquals(List.of(Integer.toString(body.length())), stored("webhook_deliveries"));
        assertEquals(List.of(), stored("processed_webhook_events"));
    }

    @Test
    void two_tool_calls_are_worked_on_with_their_shared_body() {
        Front.of(acme, "vapi")
                .vapi(call.vapi("tool-calls-parallel-string-arguments"))
                .then()
                .statusCode(200);
        await().untilAsserted(
                        () -> acme.get("/api/webhook-events?status=done").then().body("items", hasSize(2)));
        acme.get("/api/calls").then().body("items.fromNumber", contains(call.caller()));
    }

    @Test
    void a_delivery_of_too_many_tool_calls_is_one_dead_event() {
        var front = Front.of(acme, "vapi");
        var body = toolCalls(200, 2_000_000);
        served(() ->
                assertEquals(200, front.send("", front.vapiHeaders(body), body).join()));
        dead("The delivery has more than 64 events.");
        assertEquals(List.of(), stored("webhook_deliveries"));
    }

    @Test
    void a_delivery_of_too_many_streamed_events_is_one_dead_event() {
        var front = Front.of(acme, "twilio");
        served(() -> {
            for (int count : List.of(60_000, 60_000, 1_700_000)) {
                assertEquals(
                        200,
                        front.twilioHashed(JSON, "[" + "{},".repeat(count) + "{}]")
                                .join());
            }
        });
        var both = List.of("The delivery has more than 64 events.", "The delivery has more than 64 events.");
        acme.get("/api/webhook-events?status=dead").then().body("items.error", is(both));
    }

    @Test
    void a_report_of_too_many_values_is_dead_without_a_tree() {
        var front = Front.of(acme, "vapi");
        var body = call.vapi("end-of-call-report")
                .replaceFirst("\"message\": \\{", "\"message\": {\"pad\": [" + "{},".repeat(1_500_000) + "{}],");
        served(() -> {
            assertEquals(200, front.send("", front.vapiHeaders(body), body).join());
            await().untilAsserted(() -> acme.get("/api/webhook-events")
                    .then()
                    .body("items.status", contains("dead"))
                    .body("items.error", contains("The JSON is nested too deeply or has too many values.")));
        });
    }

    @Test
    void a_million_unsigned_fields_hold_up_nothing() {
        var front = Front.of(acme, "twilio").with("another secret");
        var fields = IntStream.range(0, 1_000_000)
                .mapToObj(i -> Integer.toString(i, 36))
                .collect(Collectors.joining("&"));
        var unsigned = Map.of("Content-Type", FORM, "X-Twilio-Signature", "c2lnbmVkIGJ5IG5vYm9keQ==");
        served(() -> {
            assertEquals(413, front.send("", unsigned, fields).join());
            assertEquals(
                    401,
                    front.send("", unsigned, fields.substring(0, 2 * MEBIBYTE)).join());
            assertEquals(413, front.twilioHashed(FORM, fields).join());
            assertEquals(401, front.twilioHashed(JSON, fields).join());
        });
        acme.get("/api/webhook-events").then().body("items", hasSize(0));
    }

    @Test
    void a_form_of_300_fields_is_read_and_one_of_more_is_not() {
        var front = Front.of(acme, "twilio");
        front.twilio(fields(300)).then().statusCode(200);
        front.twilio(fields(301)).then().statusCode(401); // its signature is over the fields
        acme.get("/api/webhook-events").then().body("items.type", contains("status"));
    }

    @Test
    void a_form_of_too_many_fields_signed_as_a_whole_is_a_dead_event() {
        var form = fields(301).entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&"));
        assertEquals(200, Front.of(acme, "twilio").twilioHashed(FORM, form).join());
        dead("The form has more than 300 fields.");
    }

    @Test
    void forms_above_2_mebibytes_are_refused_at_unknown_endpoints_too() {
        var front = Front.of(acme, "twilio");
        var unknown = new Front(UUID.randomUUID().toString(), "twilio", front.url(), front.secret());
        var form = call.twilio("ringing", 0);
        int others = form.entrySet().stream()
                .mapToInt(each -> each.getKey().length() + each.getValue().length() + 2)
                .sum();
        for (int length : List.of(2 * MEBIBYTE - others - 200, 2 * MEBIBYTE)) {
            form.put("Pad", "x".repeat(length));
            boolean fits = length < 2 * MEBIBYTE;
            front.twilio(form).then().statusCode(fits ? 200 : 413);
            unknown.twilio(form).then().statusCode(fits ? 401 : 413);
        }
        acme.get("/api/webhook-events").then().body("items", hasSize(1));
    }

    @Test
    void a_query_may_be_signed_with_characters_that_came_escaped() {
        var front = Front.of(acme, "twilio");
        var sent = "?line=front%40acme.example%3A5080";
        front.twilio(sent, "?line=front@acme.example:5080", call.twilio("ringing", 0))
                .then()
                .statusCode(200);
        front.twilio(sent, "?line=front@acme.example:5081", call.twilio("ringing", 0))
                .then()
                .statusCode(401);
    }

    @Test
    void empty_headers_hide_no_credential() {
        var front = Front.of(acme, "vapi");
        given().header("X-Vapi-Secret", "")
                .header("x-signature", "")
                .header("Authorization", "Bearer " + front.secret())
                .body(call.vapi("hang"))
                .post(front.path())
                .then()
                .statusCode(200);
    }

    /** While this goes on, another organization's reads and deliveries are answered: what held them up took eight seconds. */
    private void served(Runnable attack) {
        var front = Front.of(globex, "vapi");
        var attacks = CompletableFuture.runAsync(attack);
        do {
            var start = System.nanoTime();
            globex.get("/api/calls").then().statusCode(200);
            front.vapi(SampleCall.create().vapi("hang")).then().statusCode(200);
            var millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis < 3_000, "both took " + millis + " ms");
        } while (!attacks.isDone());
        attacks.join();
    }

    private void dead(String flaw) {
        acme.get("/api/webhook-events")
                .then()
                .body("items.status", contains("dead"))
                .body("items.type", contains("malformed"))
                .body("items.error", contains(flaw));
    }

    /** The lengths of the bodies in a table. */
    private List<String> stored(String table) {
        return Sql.superuser()
                .column("select octet_length(body) from %s where org_id = '%s' and body is not null"
                        .formatted(table, acme.orgId()));
    }

    private String toolCalls(int count, int pad) {
        var ids = IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"call_" + i + "\"}")
                .collect(Collectors.joining(","));
        return "{\"message\":{\"type\":\"tool-calls\",\"call\":{\"id\":\"" + call.id() + "\"},\"toolCallList\":[" + ids
                + "],\"pad\":\"" + "x".repeat(pad) + "\"}}";
    }

    private Map<String, String> fields(int count) {
        var fields = new TreeMap<>(call.twilio("ringing", 0));
        for (int i = fields.size(); i < count; i++) {
            fields.put("Field" + i, "x");
        }
        return fields;
    }
}
