package io.switchboard.voice;

import static io.restassured.RestAssured.given;
import static io.switchboard.kit.test.SilentDatabase.refusesInTime;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.SilentDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What providers and callers are told while the database says nothing, and that all is well soon after. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class SilentDatabaseTest {
    static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    final Caller acme = Caller.adminOfNewOrg();
    Front front;

    @BeforeEach
    void addEndpoint() {
        front = Front.of(acme, "vapi");
    }

    @AfterEach
    void awaitService() {
        await().atMost(TEN_SECONDS).untilAsserted(this::isServed);
    }

    @Test
    void a_frozen_database_is_a_503_in_two_seconds() {
        isServed();
        SilentDatabase.freezeDuring(() -> refusesInTime(
                () -> front.vapi(SampleCall.create().vapi("hang")),
                () -> given().body("{}").post("/webhooks/vapi/" + UUID.randomUUID()),
                () -> acme.get("/api/calls"),
                () -> acme.get("/api/webhook-events")));
    }

    @Test
    void a_live_request_is_answered_without_the_database() {
        isServed();
        SilentDatabase.freezeDuring(() -> {
            var answer = front.vapi(SampleCall.create().vapi("assistant-request"));
            answer.then().statusCode(200).time(lessThan(3_000L)); // 1 s, and as much again for a busy machine
            VapiAnswers.check("assistant-request", answer.asString());
        });
    }

    @Test
    void connections_lost_without_a_word_are_made_anew() {
        SilentDatabase.loseConnections();
    }

    private void isServed() {
        front.vapi(SampleCall.create().vapi("hang")).then().statusCode(200);
        acme.get("/api/calls").then().statusCode(200);
    }
}
