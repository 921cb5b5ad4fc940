package io.switchboard.voice.usage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.voice.AppSql;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At a volume where PostgreSQL would rather not read everything, and so shows whether it must. */
class UsagePlansTest {
    private static final UUID BIG = UUID.randomUUID();
    private static final UUID AGENT = UUID.randomUUID();
    private static final UUID OWNER = UUID.randomUUID();

    /** Of one organization 20,000 runs, of 3,000 others three each; a third of the former are of one agent. */
    private static final String RUNS = """
            insert into agent_runs (org_id, agent_id, owner_id, source, local_day, started_at, ended_at, tokens, duration_seconds, cost)
            select case when n <= 20000 then '%1$s'::uuid else md5('org ' || n %% 3000)::uuid end,
                case when n %% 3 = 0 then '%2$s'::uuid else md5('agent ' || n %% 50)::uuid end, '%3$s', 'call',
                current_date - n %% 365, now(), now(), 10, 60, 0.01
            from generate_series(1, 29000) n""";

    /** Of one organization 100 users with an agent each, of 3,000 others one with three days. */
    private static final String DAYS = """
            insert into user_usage_tracking (org_id, user_id, day, agent_id, source, runs, tokens, seconds, cost)
            select '%1$s'::uuid, case when u = 1 then '%2$s'::uuid else md5('user ' || u)::uuid end, current_date - d,
                md5('agent ' || u)::uuid, 'call', 1, 10, 60, 0.01
            from generate_series(1, 100) u, generate_series(0, 399) d
            union all
            select md5('org ' || o)::uuid, md5('user ' || o)::uuid, current_date - d, md5('agent ' || o)::uuid, 'call', 1, 10, 60, 0.01
            from generate_series(1, 3000) o, generate_series(0, 2) d""";

    private static final String MONTHS = """
            insert into usage_months (org_id, user_id, month, runs, tokens)
            select org_id, user_id, date_trunc('month', day::timestamp)::date, count(*)::int, sum(tokens)::bigint
            from user_usage_tracking group by 1, 2, 3""";

    private static AppSql sql;

    @BeforeAll
    static void fill() {
        sql = new AppSql();
        sql.fill(RUNS.formatted(BIG, AGENT, OWNER), DAYS.formatted(BIG, OWNER), MONTHS);
        sql.run("vacuum analyze agent_runs", "vacuum analyze user_usage_tracking", "vacuum analyze usage_months");
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void runs_are_listed_in_the_order_of_their_index() {
        for (var after : Arrays.asList(null, Cursor.at(OffsetDateTime.now(ZoneOffset.UTC), UUID.randomUUID()))) {
            var plans = sql.plans(BIG, "admin", null, Runs.query(BIG, AGENT, page(after)));
            assertTrue(plans.contains("agent_runs_of_agent"), plans);
            assertFalse(plans.contains("Seq Scan"), plans);
            assertFalse(plans.contains("Sort"), plans);
        }
    }

    @Test
    void usage_is_read_by_the_keys_of_its_tables() {
        for (var role : List.of("service", "admin", "enterprise")) {
            var month = sql.nestedPlans(BIG, role, null, "select from usage_of_month('" + OWNER + "', null)");
            assertTrue(month.contains("usage_months_pkey"), month);
            assertFalse(month.contains("Seq Scan on usage_months"), month);
            var days = sql.nestedPlans(BIG, role, null, "select from daily_usage('" + OWNER + "', null, null)");
            assertTrue(days.contains("user_usage_tracking_pkey"), days);
            assertFalse(days.contains("Seq Scan on user_usage_tracking"), days);
        }
    }

    @Test
    void a_page_of_the_export_reads_no_other_pages() {
        var day = LocalDate.now(ZoneOffset.UTC).minusDays(20);
        var args = Tuple.of(BIG, day.plusDays(10), day, OWNER, AGENT);
        var plans = sql.plans(BIG, "admin", null, UsageExports.PAGE, args);
        assertTrue(plans.contains("user_usage_tracking_by_day"), plans);
        assertFalse(plans.contains("Seq Scan"), plans);
    }

    @Test
    void a_page_of_a_user_s_own_export_reads_no_days_of_others() {
        var day = LocalDate.now(ZoneOffset.UTC).minusDays(20);
        var args = Tuple.of(BIG, day.plusDays(10), day, OWNER, AGENT);
        var plans = sql.plans(BIG, "user", null, UsageExports.OWN_PAGE, args);
        assertTrue(plans.contains("user_usage_tracking_pkey"), plans);
        assertFalse(plans.contains("user_usage_tracking_by_day"), plans);
        assertFalse(plans.contains("Seq Scan"), plans);
    }

    private static Page page(Cursor after) {
        return new Page() {
            @Override
            public Cursor after() {
                return after;
            }
        };
    }
}
