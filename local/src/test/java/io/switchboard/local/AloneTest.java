package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each service starts, and answers, with the other three down. */
class AloneTest {
    @Test
    void each_service_starts_alone_and_verifies_tokens_with_the_keys_it_kept() {
        var running = RunningSuite.ready();
        var acme = running.newTenant();
        var paths = Map.of(
                Service.AUTH, "/api/clients",
                Service.CRM, "/api/contacts",
                Service.VOICE, "/api/calls",
                Service.AUDIT, "/api/audit/logs");
        for (var alone : Service.values()) {
            for (var other : Service.values()) {
                running.suite.service(other).kill();
            }
            running.startAlone(alone);
            // The keys come from its own schema: auth-service is down.
            Eventually.holds(
                    alone + " answers alone",
                    () -> acme.api.get(alone, paths.get(alone)).status() == 200);
        }
        running.suite.up();
        assertEquals(200, acme.api.get(Service.AUTH, "/api/me").status());
    }
}
