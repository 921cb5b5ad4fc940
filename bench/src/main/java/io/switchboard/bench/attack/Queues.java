package io.switchboard.bench.attack;

import io.switchboard.bench.Pause;
import io.switchboard.local.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Attacks by sheer number of webhook events: of one call, of one tenant, and in many small deliveries. */
final class Queues {
    private Queues() {}

    static List<Attack> all() {
        return List.of(
                Attack.on(
                        Service.VOICE,
                        "call-queue",
                        "1,000,000 pending events of one call",
                        Queues::callQueue,
                        ground -> Pause.seconds(20)),
                Attack.on(Service.VOICE, "tenant-queue", "20,000 status updates of one tenant", Queues::tenantQueue),
                Attack.on(
                        Service.VOICE,
                        "steady-tools",
                        "5 deliveries a second with 60 tool calls",
                        Queues::steadyTools));
    }

    private static void callQueue(Ground ground) {
        ground.suite()
                .run(
                        "insert into voice.processed_webhook_events "
                                + "(org_id, endpoint_id, provider, event_id, type, call_key, body) select '"
                                + ground.attacker().orgId()
                                + "', gen_random_uuid(), 'vapi', 'deep:' || i, 'status-update', 'deep', "
                                + "convert_to('{\"message\":{\"type\":\"status-update\",\"call\":{\"id\":\"deep\"}}}', 'UTF8')"
                                + " from generate_series(1, 1000000) i",
                        "select voice.rebuild_call_queue()");
    }

    private static void tenantQueue(Ground ground) throws Exception {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 20_000; i++) {
            int number = i;
            tasks.add(() -> ground.send(Service.VOICE, number, ground.vapi().vapi(statusUpdate())));
        }
        Ground.atOnce(16, tasks);
        Pause.seconds(10);
    }

    private static String statusUpdate() {
        return "{\"message\":{\"type\":\"status-update\",\"status\":\"in-progress\",\"timestamp\":"
                + System.currentTimeMillis() + ",\"call\":{\"id\":\"" + UUID.randomUUID() + "\"}}}";
    }

    private static void steadyTools(Ground ground) {
        for (int i = 0; i < 100; i++) {
            ground.send(Service.VOICE, i, ground.vapi().vapi(Deliveries.toolCalls(60, 10)));
            Pause.millis(200);
        }
    }
}
