package io.switchboard.voice.provider.plivo;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
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
import io.switchboard.voice.signature.Form;
import io.switchboard.voice.signature.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From Plivo's deliveries to the call. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class PlivoFlowTest {
    private static final List<String> SAMPLES = Stream.of(
                    "answer", "get-input-speech", "record-callback", "hangup", "ring", "hangup-busy")
            .map(name -> Fixtures.text("plivo/" + name + ".form"))
            .toList();

    private final Caller acme = Caller.adminOfNewOrg();
    private Front front;

    @BeforeEach
    void createEndpoint() {
        front = Front.of(acme, "plivo");
    }

    @Test
    void all_samples_become_their_calls() {
        List<String> shuffled = new ArrayList<>(SAMPLES);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.addAll(shuffled.subList(0, 3)); // some come twice
        shuffled.forEach(body -> post(body).then().statusCode(200).contentType("text/xml"));
        checkCalls();
    }

    @Test
    void all_samples_as_gets_become_the_same_calls() {
        SAMPLES.forEach(query -> get(query).then().statusCode(200).contentType("text/xml"));
        checkCalls();
    }

    private void checkCalls() {
        Settled.all(acme);
        assertEquals(6, acme.get("/api/webhook-events").<List<?>>path("items").size());
        acme.get("/api/calls")
                .then()
                .body(
                        "items.providerCallId",
                        containsInAnyOrder(
                                "ee78123a-2f3b-54a9-8e4e-78e2f8846bf7",
                                "9d3f24c3-c468-58e0-904f-febc09c319bf",
                                "0b22e78c-8215-56ad-8f92-0a7b2d78f567"));
        only("?direction=inbound")
                .then()
                .body("items[0].provider", is("plivo"))
                .body("items[0].fromNumber", is("15555550142"))
                .body("items[0].toNumber", is("15555550100"))
                .body("items[0].customerName", nullValue())
                .body("items[0].status", is("ended"))
                .body("items[0].answered", is(true))
                .body("items[0].startedAt", is("2026-06-01T13:00:00Z"))
                .body("items[0].answeredAt", is("2026-06-01T13:00:02Z"))
                .body("items[0].endedAt", is("2026-06-01T13:01:13Z"))
                .body("items[0].durationSeconds", is(71))
                .body("items[0].endedReason", is("NORMAL_CLEARING"))
                .body("items[0].cost", is(0.011f))
                .body("items[0].currency", is("USD"))
                .body("items[0].recordingUrl", is("https://media.example.com/acme.mp3"))
                .body("items[0].contactId", notNullValue());
        only("?status=ended&direction=outbound")
                .then()
                .body("items[0].answered", is(false))
                .body("items[0].endedReason", is("USER_BUSY"))
                .body("items[0].durationSeconds", is(0));
        only("?number={number}", "+15555550142").then().body("items[0].direction", is("inbound"));
        only("?status=ringing").then().body("items[0].toNumber", is("15555550177"));
    }

    private Response only(String filter, Object... values) {
        Response found = acme.get("/api/calls" + filter, values);
        found.then().statusCode(200).body("items.size()", is(1));
        return found;
    }

    @Test
    void a_query_of_its_own_is_signed_too() {
        String fields = SAMPLES.get(0);
        String signed = front.url() + "?v=1." + concatenated(fields);
        send(fields, signed, "?v=1").then().statusCode(200);
        send(fields, signed, "?v=2").then().statusCode(401);
        send(fields.replace("inbound", "outbound"), signed, "?v=1").then().statusCode(401);
    }

    @Test
    void what_is_not_signed_is_refused() {
        given().body(SAMPLES.get(0)).post(front.path()).then().statusCode(401);
        given().get(front.path() + "?" + SAMPLES.get(0)).then().statusCode(401);
        acme.get("/api/webhook-events").then().body("items.size()", is(0));
    }

    private Response post(String fields) {
        return send(fields, front.url() + "?" + concatenated(fields), "");
    }

    private Response send(String fields, String signed, String query) {
        return given().headers(headers(signed))
                .contentType("application/x-www-form-urlencoded")
                .urlEncodingEnabled(false)
                .body(fields)
                .post(front.path() + query);
    }

    private Response get(String query) {
        String sorted = sorted(query).entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue().get(0))
                .collect(Collectors.joining("&"));
        return given().headers(headers(front.url() + "?" + sorted))
                .urlEncodingEnabled(false)
                .get(front.path() + "?" + query);
    }

    private Map<String, String> headers(String signed) {
        byte[] mac = Signature.hmac("HmacSHA256", Signature.utf8(front.secret()), Signature.utf8(signed + ".n1"));
        return Map.of(
                "X-Plivo-Signature-V3", Base64.getEncoder().encodeToString(mac), "X-Plivo-Signature-V3-Nonce", "n1");
    }

    private static String concatenated(String fields) {
        return sorted(fields).entrySet().stream()
                .map(field -> field.getKey() + field.getValue().get(0))
                .collect(Collectors.joining());
    }

    private static Map<String, List<String>> sorted(String fields) {
        return new TreeMap<>(Form.parse(Signature.utf8(fields)).values());
    }
}
