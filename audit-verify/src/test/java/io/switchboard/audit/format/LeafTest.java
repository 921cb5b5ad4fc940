package io.switchboard.audit.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeafTest {
    private static final Map<String, String> TIMES = Map.of(
            "2026-11-20T00:00:00Z", "2026-11-20T00:00:00.000000Z",
            "2026-11-20T11:47:00Z", "2026-11-20T11:47:00.000000Z",
            "2026-11-20T11:47:01Z", "2026-11-20T11:47:01.000000Z",
            "2026-11-20T11:47:01.500Z", "2026-11-20T11:47:01.500000Z",
            "2026-11-20T11:47:00.000001Z", "2026-11-20T11:47:00.000001Z",
            "2026-11-20T11:47:01.583967999Z", "2026-11-20T11:47:01.583967Z",
            "0001-01-01T00:00:00.000000999Z", "0001-01-01T00:00:00.000000Z",
            "9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999Z",
            "-0001-01-01T00:00:00Z", "-0001-01-01T00:00:00.000000Z",
            "+12345-01-01T00:00:00Z", "+12345-01-01T00:00:00.000000Z");

    @Test
    void times_always_have_six_digits() {
        TIMES.forEach((time, text) -> {
            var json = new String(leaf(Instant.parse(time)).bytes(), StandardCharsets.UTF_8);
            assertTrue(json.contains("\"occurredAt\":\"" + text + "\""), json);
            assertTrue(json.contains("\"recordedAt\":\"" + text + "\""), json);
        });
    }

    private static Leaf leaf(Instant time) {
        var id = new UUID(0, 1);
        return new Leaf(
                id, id, 0, time, time, null, "system", "read", "calls", null, "crm", "success", null, null, null);
    }
}
