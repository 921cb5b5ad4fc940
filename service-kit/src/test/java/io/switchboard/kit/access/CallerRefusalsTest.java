package io.switchboard.kit.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.kit.access.CallerRefusals.Limits;
import io.switchboard.kit.access.CallerRefusals.Refusal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerRefusalsTest {
    private static final long MINUTE = 60_000;

    private final CallerRefusals refusals = new CallerRefusals(new Limits(10, 5 * MINUTE, MINUTE));

    @Test
    void ten_within_five_minutes_are_reported_at_once() {
        for (int i = 0; i < 9; i++) {
            assertEquals(OptionalLong.empty(), add("/api/doors/{id}", false, i * 33_000L));
        }
        assertEquals(OptionalLong.of(0), add("/api/keys", true, 5 * MINUTE));
        var report = refusals.report(5 * MINUTE);
        assertEquals(1, report.forbidden());
        assertEquals(9, report.notFound());
        assertEquals(Map.of("GET /api/doors/{id}", 9, "GET /api/keys", 1), report.operations());
    }

    @Test
    void ten_over_a_longer_time_are_not_reported() {
        for (int i = 0; i < 100; i++) {
            assertEquals(OptionalLong.empty(), add("/api/doors/{id}", false, i * 34_000L));
        }
    }

    @Test
    void the_next_report_waits_for_a_minute_and_holds_all_since() {
        times(10, 0);
        refusals.report(0);
        for (int i = 0; i < 9; i++) {
            assertEquals(OptionalLong.empty(), add("/api/doors/{id}", false, 1_000));
        }
        assertEquals(OptionalLong.of(MINUTE - 2_000), add("/api/doors/{id}", false, 2_000));
        assertEquals(OptionalLong.empty(), add("/api/doors/{id}", false, 3_000));
        assertEquals(11, refusals.report(MINUTE).notFound());
    }

    @Test
    void what_was_reported_does_not_count_again() {
        times(10, 0);
        refusals.report(0);
        assertEquals(OptionalLong.empty(), add("/api/doors/{id}", false, 2 * MINUTE));
    }

    @Test
    void a_report_names_the_five_most_frequent_operations() {
        for (int i = 0; i < 8; i++) {
            for (int n = 0; n <= i; n++) {
                add("/api/" + i + "/{id}", false, 0);
            }
        }
        assertEquals(
                List.of("GET /api/7/{id}", "GET /api/6/{id}", "GET /api/5/{id}", "GET /api/4/{id}", "GET /api/3/{id}"),
                List.copyOf(refusals.report(0).operations().keySet()));
    }

    private void times(int number, long atMillis) {
        for (int i = 0; i < number; i++) {
            add("/api/doors/{id}", false, atMillis);
        }
    }

    private OptionalLong add(String path, boolean isForbidden, long atMillis) {
        var operation = new Operation(
                "crm-service", "GET", path, false, Set.of(), Set.of(), Set.of(), false, false, BodyRule.JSON);
        return refusals.add(new Refusal(operation, isForbidden, atMillis));
    }
}
