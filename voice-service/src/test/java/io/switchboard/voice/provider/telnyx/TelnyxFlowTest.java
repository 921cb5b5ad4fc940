package io.switchboard.voice.provider.telnyx;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import io.switchboard.voice.provider.Fixtures;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From Telnyx's deliveries to the call. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class TelnyxFlowTest {
    private static final String ENDPOINTS = "/api/webhook-endpoints";
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final List<String> SAMPLES = Stream.of(
                    "initiated",
                    "answered",
                    "machine.detection.ended",
                    "dtmf.received",
                    "gather.ended",
                    "transcription",
                    "ai_gather.ended",
                    "bridged",
                    "hangup",
                    "conversation.ended",
                    "recording.saved",
                    "recording.error",
                    "cost",
                    "conversation_insights.generated",
                    "recording.transcription.saved")
            .map(name -> Fixtures.text("telnyx/call." + name + ".json"))
            .toList();

    private final Caller acme = Caller.adminOfNewOrg();
    private final KeyPair key = keyPair();

    @Test
    void all_samples_become_one_call() {
        String path = endpoint();
        List<String> shuffled = new ArrayList<>(SAMPLES);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.addAll(shuffled.subList(0, 5)); // some come twice
        shuffled.forEach(body -> post(path, body, JSON).then().statusCode(200).body(is("")));
        Settled.all(acme);
        assertEquals(
                15,
                acme.get("/api/webhook-events?limit=200").<List<?>>path("items").size());
        String id = acme.get("/api/calls").path("items[0].id");
        acme.get("/api/calls").then().body("items.size()", is(1));
        acme.get("/api/calls/" + id)
                .then()
                .statusCode(200)
                .body("provider", is("telnyx"))
                .body("providerCallId", is("6cc483c2-a6d6-5bba-8946-123cde0ad319"))
                .body("direction", is("inbound"))
                .body("fromNumber", is("+15555550142"))
                .body("toNumber", is("+15555550100"))
                .body("customerName", is("ACME CALLER"))
                .body("status", is("ended"))
                .body("answered", is(true))
                .body("answeredBy", is("human"))
                .body("startedAt", is("2026-06-01T13:00:00.101234Z"))
                .body("answeredAt", is("2026-06-01T13:00:02.501234Z"))
                .body("endedAt", is("2026-06-01T13:01:11.901234Z"))
                .body("durationSeconds", is(69))
                .body("endedReason", is("normal_clearing"))
                .body("cost", is(0.0144f))
                .body("currency", is("USD"))
                .body("recordingUrl", is("https://s3.example.com/recordings/acme.mp3?sig=demo"))
                .body("summary", is("Caller booked a cleaning."))
                .body("transcript", containsString("A cleaning on Thursday"))
                .body("contactId", notNullValue());
    }

    @Test
    void texml_callbacks_become_a_call() {
        String path = endpoint();
        String call = "CallSid=v3%3Ac&From=%2B15555550142&To=%2B15555550100&CallbackSource=call-progress-events";
        post(path, "CallSid=v3%3Ac&CallStatus=ringing&Direction=inbound&From=%2B15555550142&To=%2B15555550100", FORM)
                .then()
                .statusCode(200)
                .contentType("text/xml");
        post(path, call + "&CallStatus=in-progress&SequenceNumber=1&Timestamp=2026-06-01+13:00:02Z", FORM)
                .then()
                .statusCode(200)
                .body(is(""));
        post(
                        path,
                        call + "&CallStatus=completed&SequenceNumber=2&Timestamp=2026-06-01+13:01:13.5Z"
                                + "&EndTime=2026-06-01T13:01:13Z&CallDuration=71&HangupCause=normal_clearing",
                        FORM)
                .then()
                .statusCode(200);
        Settled.all(acme);
        acme.get("/api/calls")
                .then()
                .body("items.providerCallId", contains("v3:c"))
                .body("items[0].direction", is("inbound"))
                .body("items[0].status", is("ended"))
                .body("items[0].answered", is(true))
                .body("items[0].answeredAt", is("2026-06-01T13:00:02Z"))
                .body("items[0].endedAt", is("2026-06-01T13:01:13Z"))
                .body("items[0].durationSeconds", is(71));
    }

    @Test
    void events_of_no_call_are_done() {
        String path = endpoint();
        post(path, "{\"id\": \"a1\", \"event\": \"artifact.completed\", \"data\": {}}", JSON)
                .then()
                .statusCode(200);
        post(path, "{\"data\": 7}", JSON).then().statusCode(200);
        await().untilAsserted(() -> acme.get("/api/webhook-events")
                .then()
                .body("items.status", hasItems("done", "dead"))
                .body("items.type", hasItems("artifact.completed", "malformed")));
        acme.get("/api/calls").then().body("items.size()", is(0));
    }

    @Test
    void a_get_is_refused_though_it_is_signed() {
        String path = endpoint();
        given().headers(headers("")).get(path + "?CallSid=c").then().statusCode(401);
        given().headers(headers("")).get(path).then().statusCode(401);
    }

    @Test
    void another_key_is_refused() {
        String path = endpoint();
        KeyPair other = keyPair();
        given().headers(headers(other, SAMPLES.get(0)))
                .contentType(JSON)
                .body(SAMPLES.get(0))
                .post(path)
                .then()
                .statusCode(401);
        given().contentType(JSON).body(SAMPLES.get(0)).post(path).then().statusCode(401);
    }

    @Test
    void the_secret_must_be_a_public_key() {
        acme.post(ENDPOINTS, Map.of("provider", "telnyx", "label", "Carrier"))
                .then()
                .statusCode(422)
                .body("errors.field", contains("secret"));
        create("not-a-public-key").then().statusCode(422).body("errors.field", contains("secret"));
        create(Base64.getEncoder().encodeToString(new byte[32])).then().statusCode(422);
        String path = endpoint();
        String rotate = ENDPOINTS + path.substring(path.lastIndexOf('/')) + "/rotate";
        acme.post(rotate, Map.of()).then().statusCode(422).body("errors.field", contains("secret"));
        acme.post(rotate, Map.of("secret", "not-a-public-key")).then().statusCode(422);
        post(path, SAMPLES.get(0), JSON).then().statusCode(200);
    }

    @Test
    void a_rotated_key_verifies_for_a_while() {
        String path = endpoint();
        String id = path.substring(path.lastIndexOf('/') + 1);
        acme.post(ENDPOINTS + "/" + id + "/rotate", Map.of("secret", publicKey(keyPair())))
                .then()
                .statusCode(200);
        post(path, SAMPLES.get(0), JSON).then().statusCode(200);
    }

    private String endpoint() {
        Response made = create(publicKey(key));
        made.then().statusCode(201);
        return "/webhooks/telnyx/" + made.path("id");
    }

    private Response create(String secret) {
        return acme.post(ENDPOINTS, Map.of("provider", "telnyx", "label", "Carrier", "secret", secret));
    }

    private Response post(String path, String body, String mediaType) {
        return given().headers(headers(body))
                .contentType(mediaType)
                .urlEncodingEnabled(false)
                .body(body)
                .post(path);
    }

    private Map<String, String> headers(String body) {
        return headers(key, body);
    }

    private static Map<String, String> headers(KeyPair signer, String body) {
        String timestamp = Long.toString(System.currentTimeMillis() / 1_000);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signer.getPrivate());
            signature.update((timestamp + "|" + body).getBytes(StandardCharsets.UTF_8));
            return Map.of(
                    "telnyx-timestamp",
                    timestamp,
                    "telnyx-signature-ed25519",
                    Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String publicKey(KeyPair pair) {
        byte[] x509 = pair.getPublic().getEncoded();
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(x509, x509.length - 32, x509.length));
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
