package io.switchboard.voice.call;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.kit.test.Caller;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Waits until nothing is left to do about what an organization's providers have sent. */
public final class Settled {
    private Settled() {}

    public static void all(Caller admin) {
        await().untilAsserted(() -> {
            var statuses = admin.get("/api/webhook-events?limit=200").<List<String>>path("items.status");
            assertEquals(Set.of("done"), new TreeSet<>(statuses));
        });
    }
}
