package io.switchboard.voice.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.AppSql;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At 200,000 calls. */
class DashboardPlansTest {
    private static final UUID BIG = UUID.randomUUID();
    private static final UUID CLIENT = UUID.randomUUID();

    /** Four organizations of 45,000 calls in four years, 20 of 1,000 each. */
    private static final String FILL = """
            insert into call_logs (org_id, provider, provider_call_id, status, direction, to_e164, started_at, client_id, assistant_id,
                ended_reason, local_day, local_hour)
            select case when n <= 45000 then '%s'::uuid when n <= 180000 then md5('big ' || n %% 3)::uuid
                    else md5((n %% 20)::text)::uuid end, 'vapi', 'c' || n, 'ended', 'inbound',
                '+1555' || (2000000 + n %% 9), s.at, case when n %% 7 = 0 then '%s'::uuid else md5((n %% 9)::text)::uuid end,
                md5((n %% 30)::text)::uuid, 'reason ' || n %% 20, (s.at at time zone 'UTC')::date, 12
            from generate_series(1, 200000) n cross join lateral (select now() - n %% 1460 * interval '1 day' as at) s""";

    private static AppSql sql;

    @BeforeAll
    static void fill() {
        sql = new AppSql();
        sql.fill(FILL.formatted(BIG, CLIENT), "vacuum analyze call_logs");
        sql.run("select rebuild_call_analytics(org_id) from (select distinct org_id from call_logs) o");
        sql.run("vacuum analyze call_analytics", "vacuum analyze call_breakdowns");
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void figures_are_read_by_the_key_of_their_tables_alone() {
        for (var by : List.of("null", "'agent'", "'client'", "'provider'", "'number'")) {
            check("admin", null, "select get_dashboard_analytics(null, 30, " + by + ")");
            check("admin", null, "select get_dashboard_analytics('" + CLIENT + "', 365, " + by + ")");
            check("client", CLIENT, "select get_dashboard_analytics(null, 30, " + by + ")");
            check("admin", null, "select get_client_usage(null, null, null, " + by + ")");
            check("client", CLIENT, "select get_client_usage('" + CLIENT + "', null, null, " + by + ")");
        }
    }

    @Test
    void the_newest_calls_are_read_by_their_order() {
        for (var call : List.of("null", "'" + CLIENT + "'")) {
            var plans = sql.nestedPlans(
                    BIG,
                    "admin",
                    null,
                    "set enable_sort = off; select count(*) from get_recent_calls(" + call + ", 51)");
            assertFalse(plans.contains("Seq Scan on call"), plans);
            assertFalse(plans.contains("Sort"), plans);
            assertTrue(plans.contains(call.equals("null") ? "call_logs_started" : "call_logs_client"), plans);
        }
        assertEquals(List.of("51"), sql.as(BIG, "client", CLIENT, "select count(*) from get_recent_calls(null, 51)"));
        assertEquals(List.of("0"), sql.as(BIG, "user", "select count(*) from get_recent_calls(null, 51)"));
    }

    private static void check(String role, UUID client, String statement) {
        var plans = sql.nestedPlans(BIG, role, client, statement);
        assertTrue(plans.contains("call_analytics_key"), plans);
        assertTrue(plans.contains("call_breakdowns_key"), plans);
        assertFalse(plans.contains("Seq Scan on call"), plans);
        assertFalse(plans.contains("call_logs"), plans);
    }
}
