package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service is killed without warning while webhooks come in: none of them is refused, and nothing is lost or doubled. */
class KilledServiceTest {
    private static final int DELIVERIES = 60;

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
}
