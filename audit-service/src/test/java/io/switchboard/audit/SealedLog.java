package io.switchboard.audit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Records that are sealed before a test goes on. */
public final class SealedLog {
    private SealedLog() {}

    /** @return the events, in the order in which they were recorded */
    public static List<Map<String, Object>> create(UUID orgId, int count) {
        var events = IntStream.range(0, count)
                .mapToObj(i -> SampleEvents.event(
                        orgId, "newData", Map.of("number", i), "ipAddress", "203.0.113." + i % 200, "action", "n" + i))
                .toList();
        for (int from = 0; from < count; from += 500) {
            SampleEvents.record(events.subList(from, Math.min(from + 500, count)));
        }
        awaitSealed(orgId);
        return events;
    }

    /** Also what reading left in the log so far. */
    public static void awaitSealed(UUID orgId) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertEquals(
                        Sql.superuser().value("select count(*) from audit_logs where org_id = '" + orgId + "'"),
                        Sql.superuser()
                                .value("select coalesce(max(size), 0) from trees where org_id = '" + orgId + "'")));
    }

    public static long sequence(Caller caller, Object id) {
        return caller.get("/api/audit/logs/" + id).jsonPath().getLong("sequence");
    }
}
