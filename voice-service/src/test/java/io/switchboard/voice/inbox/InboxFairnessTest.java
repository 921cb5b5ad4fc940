package io.switchboard.voice.inbox;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class InboxFairnessTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final Caller globex = Caller.adminOfNewOrg();

    @Test
    void while_storing_is_slow_only_the_pressing_tenant_is_refused() {
        var pressing = Front.of(acme, "twilio");
        var other = Front.of(globex, "vapi");
        var body = SampleCall.create().vapi("hang");
        var answers = new ArrayList<CompletableFuture<Integer>>();
        CompletableFuture<Integer> others;
        try (var lock = Sql.superuser().open()) {
            lock.begin();
            lock.run("lock table processed_webhook_events in exclusive mode");
            for (int i = 0; i < 60; i++) {
                answers.add(pressing.twilioHashed("application/json", events(i)));
            }
            await().until(() -> statuses(answers).contains(429));
            others = other.send("", other.vapiHeaders(body), body);
        }
        assertEquals(200, others.join());
        globex.get("/api/webhook-events").then().body("items", hasSize(1));
    }

    private static List<Integer> statuses(List<CompletableFuture<Integer>> answers) {
        return answers.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .toList();
    }

    /** As many as one delivery may hold. */
    private static String events(int delivery) {
        return IntStream.range(0, 64)
                .mapToObj(i -> "{\"id\":\"EZ" + delivery + "-" + i + "\",\"type\":\"some-type\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
