package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service is killed without warning while webhooks come in: none of them is refused, and nothing is lost or doubled. */
class KilledServiceTest {
    private static final int DELIVERIES = 60;
    private static final int KILLS = 20;
    private static final int CALLS_A_KILL = 30;
    private static final int DELIVERIES_A_CALL = 5;

    @ParameterizedTest
    @EnumSource(names = {"CRM", "AUDIT", "AUTH"})
    void each_webhook_is_answered_and_has_its_effect_once(Service killed) throws InterruptedException {
        var running = RunningSuite.ready();
        var acme = running.newTenant();
        try (var load = new WebhookLoad(acme, DELIVERIES)) {
            load.reaches(DELIVERIES / 3);
            running.suite.service(killed).kill();
            load.end();
            assertEquals(DELIVERIES, load.acknowledged.size(), "answered 200 while " + killed + " was away");
            running.suite.up();
            Effects.cameExactlyOnce(acme, load.acknowledged);
        }
        assertEquals(
                new HashSet<>(acme.notifications()).size(), acme.notifications().size());
    }

    /** Providers try an unacknowledged delivery again, at whichever replica answers. */
    @Test
    void one_of_two_voice_replicas_is_killed_20_times_within_3_000_deliveries() throws InterruptedException {
        var running = RunningSuite.ready();
        var acme = running.newTenant();
        var replica = running.replica(Service.VOICE);
        try (var load = new FailoverLoad(acme, running.suite.ports().http(Service.VOICE), replica.port())) {
            for (int kills = 1; kills <= KILLS; kills++) {
                load.allow(CALLS_A_KILL);
                load.reaches(kills * CALLS_A_KILL * DELIVERIES_A_CALL - CALLS_A_KILL);
                replica.close();
                replica = running.replica(Service.VOICE);
                load.secondIs(replica.port());
            }
            load.reaches(KILLS * CALLS_A_KILL * DELIVERIES_A_CALL);
            load.end();
            replayLost(acme);
            Effects.ofEachEventCameOnce(acme, load.calls, load.acknowledged.get());
        } finally {
            replica.close();
        }
    }

    /** An event may have lost two workers; then it is given up, and its admin has it tried again. */
    private static void replayLost(Tenant tenant) {
        await("no event waits")
                .until(() -> tenant.events("&status=pending").isEmpty()
                        && tenant.events("&status=running").isEmpty());
        for (var dead : tenant.events("&status=dead")) {
            assertEquals(
                    "The worker stopped twice while it had the event.",
                    dead.path("error").asText());
        }
        tenant.api.post(Service.VOICE, "/api/webhook-events/replay", Map.of());
        await("every event is done").until(() -> tenant.events("").stream()
                .allMatch(event -> event.path("status").asText().equals("done")));
    }
}
