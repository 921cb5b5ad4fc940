package io.switchboard.crm.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The views have the rows of all tenants: who reads them, when they are refreshed, and what is seen meanwhile. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MetricRefreshTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String REFRESH = "select refresh_analytics_views()";

    Caller acme;
    Caller globex;

    @BeforeEach
    void fill() {
        acme = Colleagues.joined("admin", UUID.randomUUID());
        globex = Colleagues.joined("admin", UUID.randomUUID());
        MetricCase.refresh(acme); // so that the job finds nothing to do
        MetricCase.tickets(acme.orgId(), acme.id(), 20);
        MetricCase.tickets(globex.orgId(), globex.id(), 3);
        rest("0 seconds");
    }

    @Test
    void a_tenant_sees_its_own_rows_only_before_during_and_after_a_refresh() {
        assertEquals(List.of(0L, 0L), List.of(backlog(acme), backlog(globex)));
        try (var job = Sql.superuser().app().open()) {
            job.begin();
            job.value(REFRESH);
            assertEquals(List.of(0L, 0L), List.of(backlog(acme), backlog(globex)));
            var known = MetricCase.refreshedAt(acme);
            assertEquals(known, refresh(acme), "another refresh is running");
            job.commit();
            assertTrue(MetricCase.refreshedAt(acme).isAfter(known));
        }
        assertEquals(List.of(20L, 3L), List.of(backlog(acme), backlog(globex)));
        var stranger = Caller.adminOfNewOrg();
        assertEquals(0, backlog(stranger));
        assertEquals(
                List.of(), MetricCase.items(stranger, "/api/metrics/agents").getList());
    }

    @Test
    void the_functions_show_nothing_without_a_tenant_or_to_others_than_its_staff() {
        Sql.superuser()
                .withoutTriggers()
                .run("update tickets set assigned_agent_id = customer_id where org_id = '" + acme.orgId() + "'");
        MetricCase.refresh(acme);
        for (var function :
                List.of("ticket_metrics_by_day(%s, false, null, null)", "agent_performance_by_day(%s, null, null)")) {
            var rows = "select count(*) from " + function.formatted("current_date - 20, current_date + 1");
            for (var role : List.of("admin", "agent")) {
                assertTrue(Sql.app(acme.orgId(), acme.id(), role).number(rows + " where total_tickets > 0") > 0);
            }
            for (var role : List.of("customer", "user", "client", "service", "")) {
                assertEquals(0, Sql.app(acme.orgId(), acme.id(), role).number(rows + " where total_tickets > 0"), role);
            }
            assertEquals(0, Sql.superuser().app().number(rows + " where total_tickets > 0"));
            assertEquals(
                    0,
                    Sql.app(acme.orgId(), acme.id(), "admin")
                            .number(rows.replace("current_date - 20", "current_date - 4000")
                                    + " where total_tickets > 0"),
                    "too many days");
        }
    }

    @Test
    void the_app_role_reads_no_view_by_any_route() {
        MetricCase.refresh(acme);
        try (var app = Sql.app(acme.orgId(), acme.id(), "admin").open()) {
            for (var view : List.of("ticket_metrics", "agent_performance", "counted_tickets")) {
                for (var route : List.of(
                        "select * from %s",
                        "select count(*) from %s",
                        "table crm.%s",
                        "select 1 where exists (select from %s)",
                        "explain analyze select * from %s",
                        "copy %s to stdout",
                        "copy (select * from %s) to stdout",
                        "select query_to_xml('select * from crm.%s', true, true, '')",
                        "select table_to_xml('crm.%s', true, true, '')",
                        "create view mine as select * from %s",
                        "create temp table mine as select * from %s",
                        "refresh materialized view %s",
                        "refresh materialized view concurrently %s",
                        "alter materialized view %s owner to crm_app",
                        "grant select on %s to crm_app; select * from %1$s",
                        "set local role crm_owner; select * from %s")) {
                    app.run("savepoint before");
                    var sql = route.formatted(view);
                    var refused = assertThrows(SqlRefusal.class, () -> app.run(sql), sql);
                    assertTrue(List.of(INSUFFICIENT_PRIVILEGE, "42809").contains(refused.state()), sql + " " + refused);
                    app.run("rollback to before");
                }
                assertEquals(0, app.number("select count(*) from pg_stats where tablename = '" + view + "'"));
            }
        }
    }

    @Test
    void a_refresh_rests_for_two_seconds_at_least() {
        MetricCase.refresh(acme);
        assertEquals(
                "t",
                Sql.superuser()
                        .value("select next_at >= refreshed_at + interval '2 seconds' from analytics_refreshes"));
        rest("1 hour");
        var known = MetricCase.refreshedAt(acme);
        MetricCase.tickets(Caller.adminOfNewOrg().orgId(), acme.id(), 1);
        assertEquals(known, refresh(acme));
        assertEquals(known, refresh(globex), "whoever asks");
        assertEquals(
                known,
                OffsetDateTime.parse(Sql.superuser().app().value("select wire_time(refresh_analytics_views())")));
        rest("0 seconds");
        MetricCase.refresh(globex);
        assertTrue(MetricCase.refreshedAt(acme).isAfter(known));
    }

    /** What the job of each replica asks for. */
    @Test
    void figures_that_are_young_enough_stay() {
        MetricCase.refresh(acme);
        rest("0 seconds");
        var app = Sql.superuser().app();
        var known = MetricCase.refreshedAt(acme);
        app.value("select refresh_analytics_views(interval '1 hour')");
        assertEquals(known, MetricCase.refreshedAt(acme));
        app.value("select refresh_analytics_views(interval '1 microsecond')");
        assertTrue(MetricCase.refreshedAt(acme).isAfter(known));
    }

    @Test
    void a_failed_refresh_changes_nothing_and_rests_for_long() {
        MetricCase.refresh(acme);
        rest("0 seconds");
        var known = MetricCase.refreshedAt(acme);
        try (var other = Sql.superuser().open();
                var app = Sql.superuser().app().open()) {
            other.begin();
            other.run("refresh materialized view concurrently agent_performance"); // holds its lock
            app.run("set lock_timeout = '20ms'");
            app.value(REFRESH);
            other.rollback();
        }
        assertEquals(known, MetricCase.refreshedAt(acme));
        assertEquals(
                "t", Sql.superuser().value("select next_at > now() + interval '9 minutes' from analytics_refreshes"));
        assertEquals(known, refresh(acme));
    }

    @Test
    void a_time_out_ends_it_as_a_failure() {
        MetricCase.refresh(acme);
        rest("0 seconds");
        var known = MetricCase.refreshedAt(acme);
        try (var other = Sql.superuser().open();
                var app = Sql.superuser().app().open()) {
            other.begin();
            other.run("refresh materialized view concurrently agent_performance");
            app.begin();
            app.run("set local statement_timeout = '100ms'");
            app.value(REFRESH);
            app.commit();
            other.rollback();
        }
        assertEquals(known, MetricCase.refreshedAt(acme));
        assertEquals(
                "t", Sql.superuser().value("select next_at > now() + interval '9 minutes' from analytics_refreshes"));
    }

    @Test
    void only_admins_ask_for_a_refresh() {
        for (var role : List.of("agent", "user", "enterprise", "customer", "client")) {
            acme.colleague(role).post("/api/metrics/refresh", "{}").then().statusCode(403);
        }
    }

    private static void rest(String time) {
        Sql.superuser().run("update analytics_refreshes set next_at = now() + interval '" + time + "'");
    }

    private static OffsetDateTime refresh(Caller admin) {
        var answer =
                admin.post("/api/metrics/refresh", "{}").then().statusCode(202).extract();
        return OffsetDateTime.parse(answer.path("refreshedAt"));
    }

    private static long backlog(Caller caller) {
        return MetricCase.items(caller, "/api/metrics/tickets").getJsonObject(0).getLong("backlog");
    }
}
