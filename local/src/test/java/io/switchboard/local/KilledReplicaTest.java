package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Providers try an unacknowledged delivery again, at whichever replica of voice-service answers. */
class KilledReplicaTest {
    private static final int KILLS = 20;
    private static final int CALLS_A_KILL = 30;
    private static final int DELIVERIES_A_KILL = 5 * CALLS_A_KILL;

    private final RunningSuite running = RunningSuite.ready();
    private final Tenant acme = running.newTenant();
    private final StoredEffects stored = new StoredEffects(running, acme.orgId());

    @Test
    void one_of_two_replicas_is_killed_20_times_within_3_000_deliveries() throws InterruptedException {
        try (var spares = new SpareReplicas(running, Service.VOICE, 2)) {
            var second = spares.take();
            try (var load = new FailoverLoad(acme, running.suite.ports().http(Service.VOICE), second.port())) {
                for (int kills = 1; kills <= KILLS; kills++) {
                    var next = spares.take();
                    load.allow(CALLS_A_KILL);
                    load.reaches(kills * DELIVERIES_A_KILL - DELIVERIES_A_KILL / 2);
                    second.close();
                    second = next;
                    load.secondIs(second.port());
                }
                load.reaches(KILLS * DELIVERIES_A_KILL);
                load.end();
                replayLost();
                stored.cameOnce(load.calls, load.acknowledged.get());
            } finally {
                second.close();
            }
        }
    }

    /** An event may have lost two workers; then it is given up, and its admin has it tried again. */
    private void replayLost() {
        await("no event waits").until(() -> stored.waiting() == 0);
        for (var reason : stored.reasonsOfDead()) {
            assertEquals("The worker stopped twice while it had the event.", reason);
        }
        acme.signIn().post(Service.VOICE, "/api/webhook-events/replay", Map.of());
        await("every event is done").until(() -> stored.statuses().equals(List.of("done")));
    }
}
