package io.switchboard.voice.provider.ninth;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** That a provider is one sub-package and nothing else. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class NinthTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final String call = UUID.randomUUID().toString();

    @Test
    void a_new_adapter_needs_no_other_file() {
        var front = Front.of(acme, "ninth");
        deliver(front).then().statusCode(200);
        Settled.all(acme);
        acme.get("/api/calls")
                .then()
                .body("items.provider", contains("ninth"))
                .body("items.providerCallId", contains(call))
                .body("items.status", contains("ended"));
        acme.get("/api/webhook-events?provider=ninth").then().body("items.eventId", contains(call + ":ended"));
        acme.get("/api/webhook-events?provider=tenth")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("ninth"));
    }

    @Test
    void a_provider_may_deliver_in_the_query() {
        var front = Front.of(acme, "ninth");
        given().header("X-Ninth-Key", front.secret())
                .get(front.path() + "?" + call)
                .then()
                .statusCode(200);
        Settled.all(acme);
        acme.get("/api/calls").then().body("items.providerCallId", contains(call));
    }

    @Test
    void the_secret_before_the_last_rotation_verifies_too() {
        var front = Front.of(acme, "ninth");
        acme.post("/api/webhook-endpoints/" + front.id() + "/rotate", Map.of())
                .then()
                .statusCode(200);
        var path = "/api/webhook-endpoints/" + front.id();
        var rotated = acme.get(path);
        rotated.then().body("previousLastUsedAt", nullValue());
        deliver(front).then().statusCode(200);
        deliver(front.with("another")).then().statusCode(401);
        await().untilAsserted(() -> acme.get(path)
                .then()
                .body("previousLastUsedAt", notNullValue())
                .body("updatedAt", is(rotated.<String>path("updatedAt"))));
        acme.post(path + "/rotate", Map.of()).then().statusCode(200);
        acme.get(path).then().body("previousLastUsedAt", nullValue());
    }

    @Test
    void an_unsigned_delivery_comes_again_wherever_it_goes() {
        var front = Front.of(acme, "ninth");
        var unknown = new Front(UUID.randomUUID().toString(), "ninth", "", "x");
        for (var each : new Front[] {front, unknown, new Front("no-id", "ninth", "", "x")}) {
            given().body("{}").post(each.path()).then().statusCode(503).header("Retry-After", notNullValue());
        }
        deliver(unknown).then().statusCode(401);
        acme.get("/api/webhook-events").then().body("items.size()", is(0));
    }

    @Test
    void a_provider_has_its_own_options() {
        var made = acme.post(
                "/api/webhook-endpoints",
                Map.of("provider", "ninth", "label", "x", "options", Map.of("keyHeader", "X-Other", "loud", true)));
        made.then().statusCode(201).body("options.keyHeader", is("X-Other")).body("options.loud", is(true));
        acme.get("/api/webhook-endpoints/" + made.path("id")).then().body("options.loud", is(true));
        var front = new Front(made.path("id"), "ninth", made.path("url"), made.path("secret"));
        deliver(front).then().statusCode(503);
        given().header("X-Other", front.secret())
                .body("{\"call\":\"" + call + "\"}")
                .post(front.path())
                .then()
                .statusCode(200);
    }

    @Test
    void an_option_that_does_not_fit_is_refused() {
        var wrong = List.of(
                Map.entry("unheard", (Object) "x"),
                Map.entry("keyHeader", (Object) "not a header"),
                Map.entry("loud", (Object) "true"),
                Map.entry("encoding", (Object) Map.of()));
        for (var option : wrong) {
            acme.post(
                            "/api/webhook-endpoints",
                            Map.of("provider", "ninth", "label", "x", "options", Map.ofEntries(option)))
                    .then()
                    .statusCode(422)
                    .body("errors.field", contains("options." + option.getKey()));
        }
    }

    @Test
    void a_provider_has_its_own_kind_of_secret() {
        var front = Front.of(acme, "ninth");
        assertTrue(front.secret().startsWith("ninth_"));
        acme.post("/api/webhook-endpoints", Map.of("provider", "ninth", "label", "x", "secret", "something-else"))
                .then()
                .statusCode(422)
                .body("errors.field", contains("secret"));
        acme.post("/api/webhook-endpoints/" + front.id() + "/rotate", Map.of("secret", "something-else"))
                .then()
                .statusCode(422)
                .body("errors.field", contains("secret"));
    }

    private Response deliver(Front front) {
        return given().header("X-Ninth-Key", front.secret())
                .body("{\"call\":\"" + call + "\"}")
                .post(front.path());
    }
}
