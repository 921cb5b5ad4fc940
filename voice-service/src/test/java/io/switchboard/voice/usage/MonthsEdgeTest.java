package io.switchboard.voice.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.voice.AppSql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A month ends by the organization's clock. */
class MonthsEdgeTest {
    /** The first instant of a month of UTC. */
    private static final Instant EDGE = Instant.parse("2026-10-01T00:00:00Z");

    /** What time it is can be set. */
    private static final String CLOCK = """
            create or replace function current_month(org uuid) returns date language sql stable security definer as $$
                select date_trunc('month', organization_time(org, coalesce((select moment from test_clock), now())))::date
            $$""";

    private static final String USED = "select month || ' ' || tokens from usage_of_month('%s', null)";

    private static AppSql sql;

    private UUID org;
    private UUID owner;

    @BeforeAll
    static void start() {
        sql = new AppSql();
        sql.run("create table test_clock (moment timestamptz)", "grant select on test_clock to voice_owner", CLOCK);
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @BeforeEach
    void createOwner() {
        org = UUID.randomUUID();
        owner = UUID.randomUUID();
        sql.run("delete from test_clock");
        sql.run(
                "insert into members (org_id, id, name, email, role, is_active, monthly_token_quota, version) values ('%s', '%s', 'Ada',"
                                .formatted(org, owner)
                        + " 'ada@example.com', 'user', true, 1000, 1)");
    }

    private void useZone(String zone) {
        sql.run(("insert into organization_settings (org_id, id, time_zone, default_region, business_hours, version)"
                        + " values ('%1$s', '%1$s', '%2$s', 'US', '{}', 1)")
                .formatted(org, zone));
    }

    private void addCall(String startedAt, int tokens) {
        as(
                "service",
                ("insert into call_logs (org_id, provider, provider_call_id, status, owner_id, agent_id, tokens, started_at)"
                                + " values ('%s', 'vapi', gen_random_uuid()::text, 'ended', '%s', gen_random_uuid(), %d, %s) returning id")
                        .formatted(org, owner, tokens, startedAt));
    }

    private List<String> as(String role, String statement) {
        return sql.as(org, role, statement);
    }

    private List<String> notices() {
        return sql.superuser(
                "select event ->> 'idempotencyKey' from outbox where destination = 'crm-service' and org_id = '" + org
                        + "' order by id");
    }

    private String notice(LocalDate month, int percent) {
        return "quota:" + owner + ":" + month.toString().substring(0, 7) + ":" + percent;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Honolulu", "UTC", "Pacific/Kiritimati", "Nowhere/At_All"})
    void a_month_begins_and_ends_by_the_organizations_clock(String zone) {
        useZone(zone);
        var known = ZoneId.of(zone.startsWith("Nowhere") ? "UTC" : zone);
        var month = LocalDate.now(known).withDayOfMonth(1);
        var begins = "timestamptz '" + month.atStartOfDay(known).toInstant() + "'";
        addCall(begins + " - interval '1 second'", 999);
        addCall(begins, 7);
        assertEquals(
                List.of(month.minusMonths(1) + " 999", month + " 7"),
                as("admin", "select month || ' ' || tokens from usage_months order by month"));
        assertEquals(List.of("7"), as("admin", "select tokens from current_month_usage"));
        assertEquals(
                List.of(month + " 7 1000 "
                        + month.plusMonths(1).atStartOfDay(known).toInstant().getEpochSecond()),
                as(
                        "service",
                        "select month || ' ' || tokens || ' ' || monthly_token_quota || ' ' || extract(epoch from resets_at)::bigint"
                                + " from usage_of_month('" + owner + "', null)"));
        assertEquals(List.of(), notices(), "the month before is over");
    }

    /** In Havana the clock goes back from 1 am to midnight on that day, in Amman it went forward at midnight. */
    @ParameterizedTest
    @CsvSource({
        "America/Havana, 2026-11-01, 2026-11-01T04:00:00Z",
        "America/Havana, 2026-12-01, 2026-12-01T05:00:00Z",
        "Asia/Amman, 2011-04-01, 2011-03-31T22:00:00Z",
        "Asia/Kolkata, 2026-11-01, 2026-10-31T18:30:00Z"
    })
    void a_month_begins_with_the_first_of_two_midnights(String zone, LocalDate month, Instant begins) {
        useZone(zone);
        assertEquals(
                List.of("" + begins.getEpochSecond()),
                as("service", "select extract(epoch from month_start('" + org + "', '" + month + "'))::bigint"));
    }

    /** A call an hour, 100 of 1,000 tokens each, from a day and more before the month's edge in UTC until as long after it. */
    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Honolulu", "UTC", "Pacific/Kiritimati"})
    void each_month_begins_once_and_is_noticed_once(String zone) {
        useZone(zone);
        var edge = LocalDate.of(2026, 10, 1).atStartOfDay(ZoneId.of(zone)).toInstant();
        var seen = new ArrayList<String>();
        var expected = new ArrayList<String>();
        for (int hour = -26; hour < 26; hour++) {
            var now = EDGE.plus(Duration.ofHours(hour));
            sql.run("delete from test_clock", "insert into test_clock values ('" + now + "')");
            seen.addAll(as("service", USED.formatted(owner)));
            var isNew = !now.isBefore(edge);
            var hours = Duration.between(isNew ? edge : EDGE.minus(Duration.ofHours(26)), now)
                    .toHours();
            expected.add((isNew ? "2026-10-01 " : "2026-09-01 ") + 100 * hours);
            addCall("timestamptz '" + now + "'", 100);
            addCall("timestamptz '" + now + "' - interval '1 month'", 1); // told late
        }
        assertEquals(expected, seen);
        var september = LocalDate.of(2026, 9, 1);
        var october = september.plusMonths(1);
        assertEquals(
                List.of(notice(september, 80), notice(september, 100), notice(october, 80), notice(october, 100)),
                notices());
    }

    @Test
    void the_owner_is_notified_once_a_month_of_80_and_of_100_percent() {
        var month = LocalDate.now(ZoneId.of("UTC")).withDayOfMonth(1);
        addCall("now()", 799);
        assertEquals(List.of(), notices());
        addCall("now()", 1);
        assertEquals(List.of(notice(month, 80)), notices());
        addCall("now()", 199);
        assertEquals(List.of(notice(month, 80)), notices());
        addCall("now()", 1);
        assertEquals(List.of(notice(month, 80), notice(month, 100)), notices());
        as("service", "update call_logs set tokens = tokens - 1 where tokens > 100 returning id");
        as("service", "update call_logs set tokens = tokens + 500 returning id");
        assertEquals(List.of(notice(month, 80), notice(month, 100)), notices());
    }

    @Test
    void the_app_role_writes_no_counters_and_no_runs_of_calls() {
        addCall("now()", 1);
        for (var forbidden : List.of(
                "update usage_months set tokens = 0 returning tokens",
                "update user_usage_tracking set tokens = 0 returning tokens",
                "update agent_runs set tokens = 0 returning tokens",
                "delete from agent_runs returning tokens",
                "insert into agent_runs (org_id, agent_id, owner_id, source, local_day, started_at, ended_at, tokens, duration_seconds, cost)"
                        + " select org_id, agent_id, owner_id, 'call', local_day, now(), now(), 1, 1, 1 from agent_runs returning tokens")) {
            Assertions.assertThrows(SqlRefusal.class, () -> as("admin", forbidden), forbidden);
        }
    }
}
