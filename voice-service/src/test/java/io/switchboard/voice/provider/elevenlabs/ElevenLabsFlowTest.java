package io.switchboard.voice.provider.elevenlabs;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From ElevenLabs' deliveries to the calls that people see. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class ElevenLabsFlowTest {
    private static final String CONVERSATION = "conv_f71854425943c68be20e578c8e";

    private final Caller acme = Caller.adminOfNewOrg();
    private Front front;

    @BeforeEach
    void createEndpoint() {
        front = Front.of(acme, "elevenlabs");
    }

    @Test
    void a_call_is_shown_with_all_that_is_told() {
        for (var sample : List.of("post_call_audio", "post_call_transcription", "post_call_audio")) {
            post(sample(sample)).then().statusCode(200).body(is("{}"));
        }
        Settled.all(acme);
        acme.get("/api/webhook-events").then().body("items.size()", is(2));
        acme.get("/api/calls").then().body("items.providerCallId", is(List.of(CONVERSATION)));
        acme.get("/api/calls/" + acme.get("/api/calls").<String>path("items[0].id"))
                .then()
                .statusCode(200)
                .body("provider", is("elevenlabs"))
                .body("carrierCallId", is("CA9c83d636156642b58318bae947b8b628"))
                .body("status", is("ended"))
                .body("direction", is("inbound"))
                .body("fromNumber", is("+15555550142"))
                .body("toNumber", is("+15555550100"))
                .body("answered", is(true))
                .body("startedAt", is("2026-06-01T13:00:00Z"))
                .body("answeredAt", is("2026-06-01T13:00:01Z"))
                .body("endedAt", is("2026-06-01T13:01:11Z"))
                .body("durationSeconds", is(71))
                .body("endedReason", is("end_call tool was called."))
                .body("cost", nullValue())
                .body("currency", nullValue())
                .body("metadata.credits", is("296"))
                .body("metadata.assistantId", is("agent_81ffc3fa88bcd546756519a579"))
                .body("summary", is("Caller booked a cleaning."))
                .body("successEvaluation", is("success"))
                .body("success", is(true))
                .body("transcript", startsWith("AI: Acme Dental, how can I help?\nUser: Can I book"))
                .body("contactId", notNullValue());
    }

    @Test
    void failed_dials_are_shown() {
        post(sample("call_initiation_failure-sip")).then().statusCode(200);
        post(sample("call_initiation_failure-twilio")).then().statusCode(200);
        Settled.all(acme);
        for (var call : acme.get("/api/calls").<List<Map<String, Object>>>path("items")) {
            assertEquals("ended", call.get("status"));
            assertEquals(false, call.get("answered"));
            assertEquals("outbound", call.get("direction"));
            assertEquals("+15555550177", call.get("toNumber"));
        }
        acme.get("/api/calls").then().body("items.endedReason.sort()", is(List.of("busy", "no-answer")));
    }

    @Test
    void the_start_of_a_conversation_comes_with_the_secret() {
        var body = sample("conversation-initiation");
        var answer = "conversation_initiation_client_data";
        shared("Authorization", "Bearer " + front.secret(), body)
                .then()
                .statusCode(200)
                .body("type", is(answer));
        shared("X-Switchboard-Secret", front.secret(), body)
                .then()
                .statusCode(200)
                .body("type", is(answer));
        shared("X-Switchboard-Secret", "another", body).then().statusCode(401);
        shared("X-Switchboard-Secret", front.secret(), sample("post_call_transcription"))
                .then()
                .statusCode(401);
        Settled.all(acme);
        acme.get("/api/webhook-events").then().body("items.type", is(List.of("conversation-initiation")));
        acme.get("/api/calls").then().body("items.size()", is(0));
    }

    @Test
    void what_is_no_call_is_kept_and_done() {
        var report = sample("post_call_transcription");
        post(report.replace("\"text_only\": false", "\"text_only\": true"))
                .then()
                .statusCode(200);
        post("{\"type\":\"unredacted_transcript\",\"data\":{\"conversation_id\":\"c1\"}}")
                .then()
                .statusCode(200);
        Settled.all(acme);
        acme.get("/api/webhook-events").then().body("items.size()", is(2));
        acme.get("/api/calls").then().body("items.size()", is(0));
    }

    @Test
    void a_conversation_in_spans_is_kept_and_marked() {
        post("{\"type\":\"post_call_transcription_otel\",\"event_timestamp\":1780318890,\"data\":{"
                        + "\"conversation_id\":\"c1\",\"agent_id\":\"a1\",\"otlp_traces\":{\"resourceSpans\":[]}}}")
                .then()
                .statusCode(200);
        Settled.all(acme);
        acme.get("/api/calls").then().body("items[0].status", is("ended")).body("items[0].metadata.format", is("otel"));
    }

    @Test
    void a_recording_that_is_too_large_is_refused_as_such() {
        var audio = sample("post_call_audio").replace("SUQz", "SUQz".repeat(1_400_000));
        assertEquals(413, front.send("", signature(front, audio), audio).join());
        acme.get("/api/webhook-events").then().body("items.size()", is(0));
    }

    @Test
    void what_is_not_signed_is_refused() {
        var body = sample("post_call_transcription");
        post(front.with("another"), body).then().statusCode(401);
        given().body(body).post(front.path()).then().statusCode(401);
        acme.get("/api/webhook-events").then().body("items.size()", is(0));
    }

    private static String sample(String name) {
        return Fixtures.text("elevenlabs/" + name + ".json");
    }

    private Response post(String body) {
        return post(front, body);
    }

    private static Response post(Front endpoint, String body) {
        return given().headers(signature(endpoint, body))
                .body(Signature.utf8(body))
                .post(endpoint.path());
    }

    /** As ElevenLabs signs: over its clock's time and the raw body. */
    private static Map<String, String> signature(Front endpoint, String body) {
        var time = Long.toString(System.currentTimeMillis() / 1_000);
        var mac = Signature.hmac(
                "HmacSHA256", Signature.utf8(endpoint.secret()), Signature.utf8(time + "."), Signature.utf8(body));
        return Map.of(
                "Content-Type", "application/json", "ElevenLabs-Signature", "t=" + time + ",v0=" + Signature.hex(mac));
    }

    private Response shared(String header, String value, String body) {
        return given().header("Content-Type", "application/json")
                .header(header, value)
                .body(Signature.utf8(body))
                .post(front.path());
    }
}
