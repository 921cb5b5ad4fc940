package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PostgreSQL is killed and started again under load. */
class KilledPostgresTest {
    @Test
    void no_acknowledged_webhook_is_lost_and_services_go_on() throws InterruptedException {
        var running = RunningSuite.ready();
        var acme = running.newTenant();
        var before = processes(running);
        try (var load = new WebhookLoad(acme, Integer.MAX_VALUE)) {
            load.reaches(100);
            running.suite.postgres().orElseThrow().kill();
            await("deliveries are refused").until(() -> load.refused.get() > 0);
            running.suite.up();
            var seen = load.acknowledged.size();
            load.reaches(seen + 100);
            load.stop();
            load.end();
            assertTrue(load.refused.get() > 0, "the database was away for some of them");
            assertEquals(before, processes(running), "the same processes as before");
            // What was refused may have been stored all the same (the answer was lost), so: at least the acknowledged.
            await("every acknowledged call is there").until(() -> numbers(acme)
                    .containsAll(
                            load.acknowledged.stream().map(call -> call.caller).toList()));
        }
    }

    private static List<String> numbers(Tenant tenant) {
        return tenant.calls().stream()
                .map(call -> call.path("fromNumber").asText())
                .toList();
    }

    private static List<Long> processes(RunningSuite running) {
        var pids = new ArrayList<Long>();
        for (var service : Service.values()) {
            running.suite.service(service).process().ifPresent(process -> pids.add(process.pid()));
        }
        return pids;
    }
}
