package io.switchboard.voice.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.voice.AppSql;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The day and the hour that a call counts on. */
class CallDaysTest {
    private static AppSql sql;

    private final UUID org = UUID.randomUUID();

    @BeforeAll
    static void start() {
        sql = new AppSql();
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void a_day_begins_at_the_organizations_midnight() {
        assertEquals("2026-06-01 23", insert("2026-06-01T23:59:59Z"));
        live("Pacific/Kiritimati");
        assertEquals("2026-06-02 0", insert("2026-06-01T10:00:00Z"));
        assertEquals("2026-06-01 23", insert("2026-06-01T09:59:59Z"));
        live("Pacific/Honolulu");
        assertEquals("2026-05-31 23", insert("2026-06-01T09:59:59Z"));
        live("Europe/Berlin"); // the hour from 2 is there twice
        assertEquals("2026-10-25 2", insert("2026-10-25T00:30:00Z"));
        assertEquals("2026-10-25 2", insert("2026-10-25T01:30:00Z"));
        live("Nowhere/At_All");
        assertEquals("2026-06-01 9", insert("2026-06-01T09:59:59Z"));
        assertEquals(List.of(), Recount.differences(sql));
    }

    @Test
    void a_new_time_zone_moves_no_call_that_was_counted() {
        insert("2026-06-01T23:30:00Z");
        live("Pacific/Kiritimati");
        sql.run("update call_logs set duration_seconds = 60 where org_id = '" + org + "'");
        assertEquals(List.of("2026-06-01 60"), days());
        sql.run("update call_logs set started_at = '2026-06-01T23:31:00Z' where org_id = '" + org + "'");
        assertEquals(List.of("2026-06-02 60"), days());
        assertEquals(List.of(), Recount.differences(sql));
    }

    @Test
    void a_deleted_call_and_an_erased_number_leave_no_row() {
        insert("2026-06-01T12:00:00Z");
        sql.run("update call_logs set direction = 'inbound', to_e164 = '+15555550100' where org_id = '" + org + "'");
        var numbers =
                "select coalesce(value, 'none') from call_breakdowns where kind = 'number' and org_id = '" + org + "'";
        assertEquals(List.of("+15555550100"), sql.superuser(numbers));
        sql.run("update call_logs set to_e164 = null where org_id = '" + org + "'");
        assertEquals(List.of("none"), sql.superuser(numbers));
        sql.run("delete from call_logs where org_id = '" + org + "'");
        assertEquals(List.of(), sql.superuser(numbers));
        assertEquals(List.of(), days());
    }

    @Test
    void what_counts_nothing_writes_nothing() {
        insert("2026-06-01T12:00:00Z");
        var writer = "select xmin from call_analytics where org_id = '" + org + "'";
        var before = sql.superuser(writer);
        sql.run("update call_logs set summary = 'x', status = 'in_progress', version = version + 1 where org_id = '"
                + org + "'");
        assertEquals(before, sql.superuser(writer));
    }

    @Test
    void a_rebuild_mends_only_what_is_wrong() {
        insert("2026-06-01T12:00:00Z");
        insert("2026-06-02T12:00:00Z");
        sql.run("update call_analytics set calls = 7, seconds = 9 where local_day = '2026-06-02' and org_id = '" + org
                + "'");
        var right = "select xmin from call_analytics where local_day = '2026-06-01' and org_id = '" + org + "'";
        var before = sql.superuser(right);
        var rebuild = "select rebuild_call_analytics('" + org + "')";
        assertEquals(List.of("1"), sql.as(org, "service", rebuild));
        assertEquals(List.of("0"), sql.as(org, "service", rebuild));
        assertEquals(before, sql.superuser(right));
        assertEquals(List.of(), Recount.differences(sql));
    }

    private void live(String zone) {
        sql.run("insert into organization_settings (org_id, id, time_zone, default_region, business_hours, version)"
                + " values ('%1$s', '%1$s', '%2$s', 'US', '{}', 1)".formatted(org, zone)
                + " on conflict (org_id, id) do update set time_zone = excluded.time_zone");
    }

    /** @return the day and the hour that it counts on */
    private String insert(String startedAt) {
        var call = UUID.randomUUID();
        sql.run("insert into call_logs (org_id, provider, provider_call_id, status, started_at)"
                + " values ('%s', 'vapi', '%s', 'ringing', '%s')".formatted(org, call, startedAt));
        return sql.superuser(
                        "select local_day || ' ' || local_hour from call_logs where provider_call_id = '" + call + "'")
                .get(0);
    }

    private List<String> days() {
        return sql.superuser("select local_day || ' ' || seconds from call_analytics where org_id = '" + org + "'");
    }
}
