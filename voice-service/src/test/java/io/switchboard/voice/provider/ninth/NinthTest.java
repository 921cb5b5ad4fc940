package io.switchboard.voice.provider.ninth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
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
        deliver(front).then().statusCode(200);
        deliver(front.with("another")).then().statusCode(401);
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

    private Response deliver(Front front) {
        return given().header("X-Ninth-Key", front.secret())
                .body("{\"call\":\"" + call + "\"}")
                .post(front.path());
    }
}
