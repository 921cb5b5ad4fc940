package io.switchboard.voice.webhook;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.signature.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint's options, from the API to the verified delivery. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class EndpointOptionsTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @Test
    void a_signature_is_checked_as_its_options_say() {
        var options = Map.of(
                "signatureHeader", "X-Acme-Signature",
                "messageIdHeader", "X-Acme-Id",
                "encoding", "base64",
                "payloadFormat", "{method}:{url}:{svix-id}:{body}");
        var made = acme.post(
                "/api/webhook-endpoints", Map.of("provider", "vapi", "label", "Front desk", "options", options));
        made.then().statusCode(201).body("options", hasEntry("encoding", "base64"));
        String url = made.path("url");
        var body = call.vapi("hang");
        var signed = "POST:" + url + ":msg_1:" + body;
        var signature = Base64.getEncoder()
                .encodeToString(Signature.hmac("HmacSHA256", bytes(made.path("secret")), bytes(signed)));
        for (var id : new String[] {"msg_1", "msg_2"}) {
            given().header("X-Acme-Signature", signature)
                    .header("X-Acme-Id", id)
                    .contentType("application/json")
                    .body(body)
                    .post(url.substring(url.indexOf("/webhooks")))
                    .then()
                    .statusCode(id.equals("msg_1") ? 200 : 401);
        }
        acme.get("/api/webhook-events").then().body("items.eventId", hasItem("msg_1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vapi | signatureHeader | not a header",
                "vapi | encoding | base32",
                "vapi | secretIsBase64 | yes",
                "vapi | payloadFormat | {timestamp}",
                "vapi | payloadFormat | {body}{body}",
                "vapi | algorithm | sha256",
                "standard | payloadFormat | no placeholder",
                "vonage | signatureHeader | X-Signature",
                "twilio | encoding | hex"
            })
    void what_does_not_fit_is_refused(String provider, String option, String value) {
        acme.post(
                        "/api/webhook-endpoints",
                        Map.of("provider", provider, "label", "Front desk", "options", Map.of(option, value)))
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("options." + option));
        acme.get("/api/webhook-endpoints").then().body("items.size()", is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vapi", "standard"})
    void a_secret_in_base64_must_be_one(String provider) {
        var made = acme.post("/api/webhook-endpoints", endpoint(provider, "c2VjcmV0IG9mIHRoZSBkZXNr"));
        made.then().statusCode(201);
        for (var refused : List.of(
                acme.post("/api/webhook-endpoints", endpoint(provider, "no*base64*secret")),
                acme.post(
                        "/api/webhook-endpoints/" + made.path("id") + "/rotate",
                        Map.of("secret", "no*base64*secret")))) {
            refused.then().statusCode(422).body("errors.field", hasItem("secret"));
        }
        acme.post("/api/webhook-endpoints/" + made.path("id") + "/rotate", Map.of())
                .then()
                .statusCode(200);
    }

    private static Map<String, Object> endpoint(String provider, String secret) {
        return Map.of(
                "provider",
                provider,
                "label",
                "Front desk",
                "secret",
                secret,
                "options",
                Map.of("secretIsBase64", true));
    }

    @Test
    void changed_options_hold_for_the_next_delivery() {
        var made = acme.post(
                "/api/webhook-endpoints",
                Map.of(
                        "provider", "vapi",
                        "label", "Front desk",
                        "options", Map.of("signatureHeader", "X-Acme-Signature", "encoding", "hex")));
        String url = made.path("url");
        var path = "/api/webhook-endpoints/" + made.path("id");
        var signature = Signature.hmac("HmacSHA256", bytes(made.path("secret")), bytes(call.vapi("hang")));
        deliver(url, HexFormat.of().formatHex(signature)).then().statusCode(200);
        acme.patch(path, Map.of("options", Map.of("encoding", "base64")))
                .then()
                .statusCode(200)
                .header("ETag", is("\"1\""))
                .body("label", is("Front desk"))
                .body("options", is(Map.of("signatureHeader", "X-Acme-Signature", "encoding", "base64")));
        deliver(url, HexFormat.of().formatHex(signature)).then().statusCode(401);
        deliver(url, Base64.getEncoder().encodeToString(signature)).then().statusCode(200);
        acme.patch(path, Map.of("options", Map.of("encoding", "base32")))
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("options.encoding"));
        acme.patch(path, "{\"options\": {\"encoding\": null}}")
                .then()
                .body("options", is(Map.of("signatureHeader", "X-Acme-Signature")));
        acme.patch(path, "{\"options\": null}").then().body("options", is(Map.of()));
        acme.patch(path, "{\"options\": [1]}").then().statusCode(400);
        acme.get(path).then().body("options", is(Map.of()));
    }

    @Test
    void an_option_that_the_secret_does_not_fit_is_refused() {
        var made = acme.post(
                "/api/webhook-endpoints",
                Map.of("provider", "vapi", "label", "Front desk", "secret", "no*base64*secret"));
        acme.patch("/api/webhook-endpoints/" + made.path("id"), Map.of("options", Map.of("secretIsBase64", true)))
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("secret"));
    }

    private Response deliver(String url, String signature) {
        return given().header("X-Acme-Signature", signature)
                .contentType("application/json")
                .body(call.vapi("hang"))
                .post(url.substring(url.indexOf("/webhooks")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
