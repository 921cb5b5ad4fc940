package io.switchboard.voice.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.Receiver;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a provider's delivery to an organization's own system. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class CallEventDeliveryTest {
    private static final String[] ALL = {"call.started", "call.ended", "call.analyzed", "call.recording_ready"};

    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();
    private Receiver receiver;
    private Subscriber subscriber;
    private Front front;

    @BeforeEach
    void listen() {
        receiver = Receiver.start();
        subscriber = Subscriber.of(acme, receiver, ALL);
        front = Front.of(acme, "vapi");
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void a_receiver_that_fails_twice_gets_each_event_under_one_id() {
        subscriber.pathAnswers(500);
        report();
        awaitEachTaken(2);
        subscriber.pathAnswers(200);
        awaitEachTaken(3);
        for (var type : ALL) {
            var tries = tries(type);
            assertEquals(1, ids(tries).size(), type);
            assertTrue(tries.stream().allMatch(one -> StandardWebhooks.verifies(one, subscriber.secret())), type);
        }
    }

    @Test
    void what_a_provider_repeats_fifty_times_is_sent_once() {
        report();
        subscriber.awaitTaken(ALL.length);
        for (int again = 0; again < 50; again++) {
            front.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        }
        Settled.all(acme);
        var other = SampleCall.create(); // its events come after those that the repeats would have had
        front.vapi(other.vapi("end-of-call-report")).then().statusCode(200);
        subscriber.awaitTaken(2 * ALL.length);
        assertEquals(2 * ALL.length, subscriber.taken().size());
        assertEquals(2 * ALL.length, ids(subscriber.taken()).size());
    }

    private void report() {
        front.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
    }

    /** Without the waits between tries. */
    private void awaitEachTaken(int times) {
        await().until(() -> {
            subscriber.comeDue();
            return Stream.of(ALL).allMatch(type -> tries(type).size() >= times);
        });
    }

    private List<Receiver.Taken> tries(String type) {
        return subscriber.taken().stream()
                .filter(request ->
                        new JsonObject(request.body()).getString("type").equals(type))
                .toList();
    }

    private static Set<String> ids(List<Receiver.Taken> requests) {
        return requests.stream().map(Receiver.Taken::id).collect(Collectors.toSet());
    }
}
