package io.switchboard.voice.webhook;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class SuspendedOrganizationTest {
    private static final Duration SECONDS = Duration.ofSeconds(10);

    private final Caller acme = Caller.adminOfNewOrg();
    private final Caller globex = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @Test
    void a_suspended_organization_has_no_endpoints_until_it_is_active() {
        var front = Front.of(acme, "vapi");
        var other = Front.of(globex, "vapi");
        front.vapi(call.vapi("hang")).then().statusCode(200);

        push(1, false);
        await().atMost(SECONDS).until(() -> front.vapi(call.vapi("hang")).statusCode() == 401);
        assertEquals(unknown(), refusal(front.vapi(call.vapi("hang"))));
        other.vapi(SampleCall.create().vapi("hang")).then().statusCode(200);
        acme.get("/api/webhook-events").then().statusCode(200).body("items", hasSize(1));

        push(2, true);
        await().atMost(SECONDS)
                .until(() -> front.vapi(SampleCall.create().vapi("hang")).statusCode() == 200);
    }

    @Test
    void an_older_push_and_one_without_a_status_suspend_nothing() {
        var front = Front.of(acme, "vapi");
        push(5, true);
        push(4, false);
        push(6, null);
        front.vapi(call.vapi("hang")).then().statusCode(200);
    }

    private void push(int version, Boolean isActive) {
        var settings = new HashMap<String, Object>(
                Map.of("timeZone", "UTC", "defaultRegion", "US", "businessHours", Map.of(), "version", version));
        if (isActive != null) {
            settings.put("isActive", isActive);
        }
        Caller.service("auth-service", acme.orgId())
                .put("/internal/organization", settings)
                .then()
                .statusCode(204);
    }

    private String unknown() {
        return refusal(new Front(UUID.randomUUID().toString(), "vapi", "", "x").vapi(call.vapi("hang")));
    }

    private static String refusal(Response answer) {
        return answer.statusCode() + " " + answer.path("type") + " " + answer.path("detail");
    }
}
