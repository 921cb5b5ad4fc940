package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two replicas of audit-service seal what four writers record, and one of them is killed again and again. */
class KilledSealerTest {
    private static final int KILLS = 3;
    private static final int EVENTS = 20_000;
    private static final int EVENTS_A_KILL = EVENTS / (KILLS + 1);
    private static final double MOST_SECONDS = 3;
    private static final String AGE =
            "select coalesce(extract(epoch from clock_timestamp() - audit.unsealed_since()), 0)";

    /** Records whose place in their tree is not their place among the organization's numbers, or that have none or two. */
    private static final String MISPLACED = """
            select count(*)
            from (
                select org_id, id, row_number() over (partition by org_id order by no) - 1 as sequence from audit.audit_logs
            ) l
            full join (
                select b.org_id, u.id, b.first + u.place - 1 as sequence
                from audit.blocks b cross join unnest(b.ids) with ordinality as u (id, place)
            ) b using (org_id, id, sequence)
            where (l is null) <> (b is null)
            """;

    private static final String WRONG_SIZES = """
            select count(*) from audit.trees t
            full join (select org_id, count(*) as records from audit.audit_logs group by org_id) l using (org_id)
            where t.size is distinct from l.records
            """;

    private final RunningSuite running = RunningSuite.ready();
    private volatile double oldest; // seconds

    @Test
    void every_record_becomes_one_leaf_in_the_order_of_recording() throws InterruptedException {
        var watch = Executors.newSingleThreadScheduledExecutor();
        try (var spares = new SpareReplicas(running, Service.AUDIT, 1);
                var writers = new AuditWriters(running)) {
            var second = spares.take();
            watch(watch);
            try {
                for (int kills = 1; kills <= KILLS; kills++) {
                    var next = spares.take();
                    writers.allow(EVENTS_A_KILL);
                    writers.reach(kills * EVENTS_A_KILL - EVENTS_A_KILL / 2);
                    second.close();
                    second = next;
                }
                writers.allow(EVENTS_A_KILL);
                writers.reach(EVENTS);
                await("all is sealed")
                        .until(() -> number("select count(*) where audit.unsealed_since() is not null") == 0);
            } finally {
                second.close();
            }
            assertEquals(EVENTS, writers.count("audit.audit_logs"));
        } finally {
            watch.shutdownNow();
        }
        assertEquals(0, number(WRONG_SIZES), "trees that are not as large as the log");
        assertEquals(0, number(MISPLACED), "records that are not once in their place");
        assertTrue(oldest <= MOST_SECONDS, "a record waited " + oldest + " s");
    }

    private void watch(ScheduledExecutorService watch) {
        watch.scheduleWithFixedDelay(
                () -> oldest =
                        Math.max(oldest, Double.parseDouble(running.column(AGE).get(0))),
                0,
                100,
                TimeUnit.MILLISECONDS);
    }

    private long number(String query) {
        return Long.parseLong(running.column(query).get(0));
    }
}
