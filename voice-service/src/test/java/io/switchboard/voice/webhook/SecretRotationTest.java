package io.switchboard.voice.webhook;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.provider.Fixtures;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Both secrets of a rotation, as deliveries of providers that sign in different ways show them. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class SecretRotationTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @Test
    void vonage_s_old_secret_verifies_until_the_next_rotation() {
        check("vonage", front -> front.vonage(Fixtures.text("vonage/completed.json")));
    }

    @Test
    void twilio_s_old_token_verifies_until_the_next_rotation() {
        check("twilio", front -> front.twilio(call.twilio("completed", 1)));
    }

    @Test
    void a_standard_endpoint_is_given_a_secret_of_its_form_again() {
        var front = Front.of(acme, "standard");
        String next = rotate(front);
        assertTrue(next.matches("whsec_[A-Za-z0-9+/]{43}="), next);
        var body = Fixtures.text("standard/call-ended.json");
        for (var each : new Front[] {front, front.with(next)}) {
            each.standard("msg_1", body).then().statusCode(200);
        }
    }

    private void check(String provider, Function<Front, Response> deliver) {
        var first = Front.of(acme, provider);
        var second = first.with(rotate(first));
        deliver.apply(second).then().statusCode(200);
        shown(first).then().body("previousValidUntil", notNullValue()).body("previousLastUsedAt", nullValue());
        deliver.apply(first).then().statusCode(200);
        await().untilAsserted(() -> shown(first).then().body("previousLastUsedAt", notNullValue()));
        var used = OffsetDateTime.parse(shown(first).path("previousLastUsedAt"));
        assertTrue(used.isAfter(OffsetDateTime.parse(shown(first).path("createdAt"))));

        var third = first.with(rotate(first));
        shown(first).then().body("previousLastUsedAt", nullValue());
        deliver.apply(third).then().statusCode(200);
        deliver.apply(second).then().statusCode(200);
        await().untilAsserted(() -> assertEquals(401, deliver.apply(first).statusCode()));
        await().untilAsserted(() -> shown(first).then().body("previousLastUsedAt", notNullValue()));
    }

    private String rotate(Front front) {
        var rotated = acme.post("/api/webhook-endpoints/" + front.id() + "/rotate", Map.of());
        rotated.then().statusCode(200).body("previousValidUntil", notNullValue());
        return rotated.path("secret");
    }

    private Response shown(Front front) {
        return acme.get("/api/webhook-endpoints/" + front.id());
    }
}
