package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each service starts, and answers, with the other three down. */
class AloneTest {
    @Test
    void each_service_starts_alone_and_verifies_by_stored_keys() throws IOException {
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
            await(alone + " answers alone")
                    .until(() -> acme.api.get(alone, paths.get(alone)).status() == 200);
            // Quarkus reads none of it at the start.
            assertEquals(200, acme.api.get(alone, "/q/openapi.json").status());
            assertTrue(usesItsArchive(running.suite.service(alone)), alone + " has mapped the archive of its classes");
        }
        running.suite.up();
        assertEquals(200, acme.api.get(Service.AUTH, "/api/me").status());
    }

    private static boolean usesItsArchive(ServiceProcess service) throws IOException {
        var pid = service.process().orElseThrow().pid();
        return Files.readString(Path.of("/proc/" + pid + "/maps")).contains("/classes.jsa");
    }
}
