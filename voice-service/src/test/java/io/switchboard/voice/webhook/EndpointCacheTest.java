package io.switchboard.voice.webhook;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.SilentDatabase;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class EndpointCacheTest {
    @Inject
    EndpointCache endpoints;

    final Caller acme = Caller.adminOfNewOrg();
    Front front;

    @BeforeEach
    void addEndpoint() {
        front = Front.of(acme, "vapi");
    }

    @AfterEach
    void awaitService() {
        await().untilAsserted(this::isServed);
    }

    @Test
    void a_change_of_some_endpoint_takes_none_away_while_the_database_says_nothing() {
        isServed();
        endpoints.forget();
        SilentDatabase.freezeDuring(() ->
                front.vapi(SampleCall.create().vapi("assistant-request")).then().statusCode(200));
    }

    private void isServed() {
        front.vapi(SampleCall.create().vapi("hang")).then().statusCode(200);
    }
}
