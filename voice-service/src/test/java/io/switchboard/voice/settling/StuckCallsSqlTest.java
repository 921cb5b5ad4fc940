package io.switchboard.voice.settling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.voice.AppSql;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which calls are open for longer than they may be, and what giving one up does. */
class StuckCallsSqlTest {
    private static AppSql sql;

    private final UUID acme = UUID.randomUUID();
    private int calls;

    @BeforeAll
    static void start() {
        sql = new AppSql();
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @BeforeEach
    void lookFromTheBeginning() {
        sql.fill(
                "delete from call_logs",
                "delete from calls_to_settle",
                "delete from work",
                "update settling_position set looked_until = '00000000-0000-0000-0000-000000000000'");
    }

    @Test
    void a_call_is_due_ten_minutes_after_its_longest_duration() {
        var agent = UUID.randomUUID();
        sql.fill("insert into agents (org_id, id, owner_id, name, max_call_duration) values ('" + acme + "', '" + agent
                + "', uuid_v7(), 'Front desk', 900)");
        call("of-agent", "in_progress", "20 minutes", "'" + agent + "'");
        call("of-nobody", "in_progress", "20 minutes", "null");
        call("of-assistant", "in_progress", "20 minutes", "'" + agent + "'");
        sql.fill(
                "insert into client_assistants (org_id, id, client_id, agent_id, display_name, max_call_duration) values ('"
                        + acme + "', '" + agent + "', uuid_v7(), '" + agent + "', 'Front desk', 1200)",
                "update call_logs set assistant_id = '" + agent + "' where provider_call_id = 'of-assistant'");
        assertEquals(List.of("3"), sql.query("select note_open_calls()"));
        assertEquals(
                List.of("of-agent 5", "of-assistant 10", "of-nobody 710"),
                sql.superuser("select c.provider_call_id || ' ' || round(extract(epoch from s.due_at - now()) / 60)"
                        + " from calls_to_settle s join call_logs c on c.id = s.call_id order by 1"));
    }

    @Test
    void calls_that_are_over_or_young_are_not_noted() {
        call("over", "ended", "20 minutes", "null");
        call("young", "in_progress", "9 minutes", "null");
        call("open", "ringing", "11 minutes", "null");
        assertEquals(List.of("1"), sql.query("select note_open_calls()"));
        assertEquals(List.of("0"), sql.query("select note_open_calls()"));
        assertEquals(List.of("open"), noted());
    }

    @Test
    void many_open_calls_take_many_steps() {
        sql.fill("insert into call_logs (org_id, id, provider, provider_call_id, status, started_at)"
                + " select '" + acme + "', uuid_v7_floor(now() - interval '1 hour' - n * interval '1 second'), 'vapi',"
                + " n::text, 'in_progress', now() from generate_series(1, 2500) n");
        assertEquals(List.of("1000"), sql.query("select note_open_calls()"));
        assertEquals(List.of("1000"), sql.query("select note_open_calls()"));
        assertEquals(List.of("500"), sql.query("select note_open_calls()"));
        assertEquals(List.of("0"), sql.query("select note_open_calls()"));
        assertEquals(2500, noted().size());
    }

    @Test
    void due_calls_become_work_unless_they_are_over_or_legs() {
        call("open", "in_progress", "20 hours", "null");
        call("over", "in_progress", "20 hours", "null");
        call("leg", "in_progress", "20 hours", "null");
        sql.query("select note_open_calls()");
        sql.fill(
                "update call_logs set status = 'ended' where provider_call_id = 'over'",
                "update call_logs set head_id = (select id from call_logs where provider_call_id = 'open')"
                        + " where provider_call_id = 'leg'");
        assertEquals(List.of("3"), sql.query("select queue_stuck_calls()"));
        assertEquals(List.of("0"), sql.query("select queue_stuck_calls()"));
        assertEquals(
                List.of("open"),
                sql.superuser("select c.provider_call_id from work w join call_logs c"
                        + " on c.id = (w.payload ->> 'callId')::uuid where w.kind = 'settle_call'"));
    }

    @Test
    void a_call_is_given_up_with_its_legs_once() {
        call("head", "in_progress", "20 hours", "null");
        call("leg", "ringing", "20 hours", "null");
        legsOfHead();
        assertEquals(List.of("unknown"), giveUp("head"));
        assertEquals(List.of("null"), giveUp("head"));
        assertEquals(List.of("head unknown settled-unknown", "leg unknown null"), ends());
    }

    @Test
    void a_call_whose_leg_has_ended_ends_with_it() {
        call("head", "in_progress", "20 hours", "null");
        call("leg", "ringing", "20 hours", "null");
        call("over", "ended", "20 hours", "null");
        legsOfHead();
        assertEquals(List.of("ended"), giveUp("head"));
        assertEquals(List.of("null"), giveUp("head"));
        assertEquals(List.of("head ended null", "leg unknown null", "over ended null"), ends());
        sql.as(
                acme,
                "service",
                "update call_logs set status = 'in_progress' where provider_call_id = 'head' returning id");
        assertEquals(List.of("head"), noted());
    }

    @Test
    void a_leg_of_the_other_direction_tells_nothing_of_its_call() {
        call("head", "in_progress", "20 hours", "null");
        call("over", "ended", "20 hours", "null");
        legsOfHead();
        sql.fill(
                "update call_logs set direction = 'inbound' where provider_call_id = 'head'",
                "update call_logs set direction = 'outbound' where provider_call_id = 'over'");
        assertEquals(List.of("unknown"), giveUp("head"));
    }

    @Test
    void a_call_that_never_began_is_given_up_without_a_word() {
        call("head", "unknown", "20 hours", "null");
        assertEquals(List.of("never_began"), giveUp("head"));
        assertEquals(List.of("head unknown settled-unknown"), ends());
    }

    @Test
    void a_call_that_is_over_is_not_given_up() {
        call("over", "ended", "20 hours", "null");
        assertEquals(List.of("null"), giveUp("over"));
        assertEquals(List.of("ended"), sql.superuser("select status::text from call_logs"));
    }

    @Test
    void a_call_that_goes_on_after_all_is_settled_later() {
        call("head", "in_progress", "20 hours", "null");
        giveUp("head");
        sql.as(acme, "service", "update call_logs set status = 'in_progress', ended_reason = null returning id");
        assertEquals(List.of("head"), noted());
        giveUp("head");
        sql.fill("delete from calls_to_settle");
        sql.as(acme, "service", "update call_logs set status = 'ended', ended_reason = null returning id");
        assertEquals(List.of(), noted());
    }

    @Test
    void only_the_service_records_what_a_provider_answered() {
        var record = "select record_provider_answer('vapi', 'forged', 'forged:settled:1', 'settled', 1, '{}')";
        for (var role : List.of("admin", "enterprise", "user", "agent", "customer", "client")) {
            assertThrows(SqlRefusal.class, () -> sql.as(acme, role, record), role);
        }
        var events = "select event_id from processed_webhook_events where org_id = '" + acme + "'";
        assertEquals(List.of(), sql.superuser(events));
        sql.as(acme, "service", record);
        assertEquals(List.of("forged:settled:1"), sql.superuser(events));
    }

    @Test
    void another_organization_s_call_is_not_given_up() {
        call("head", "in_progress", "20 hours", "null");
        var id = sql.superuser("select id from call_logs").get(0);
        assertEquals(
                List.of("null"),
                sql.as(UUID.randomUUID(), "service", "select coalesce(give_up_call('" + id + "'), 'null')"));
        assertEquals(List.of("in_progress"), sql.superuser("select status::text from call_logs"));
    }

    private void call(String name, String status, String age, String agent) {
        sql.fill(
                "insert into call_logs (org_id, id, provider, provider_call_id, status, started_at, created_at, agent_id)"
                        + " values ('" + acme + "', "
                        + AppSql.idAt("now() - interval '" + age + "' - " + ++calls + " * interval '1 second'")
                        + ", 'vapi', '" + name + "', '"
                        + status + "', now(), now() - interval '" + age + "', " + agent + ")");
    }

    private void legsOfHead() {
        sql.fill("update call_logs set head_id = (select id from call_logs where provider_call_id = 'head')"
                + " where provider_call_id in ('leg', 'over')");
    }

    private static List<String> ends() {
        return sql.superuser("select format('%s %s %s', provider_call_id, status, coalesce(ended_reason, 'null'))"
                + " from call_logs order by 1");
    }

    private List<String> giveUp(String name) {
        var id = sql.superuser("select id from call_logs where provider_call_id = '" + name + "'")
                .get(0);
        return sql.as(acme, "service", "select coalesce(give_up_call('" + id + "'), 'null')");
    }

    private static List<String> noted() {
        return sql.superuser("select c.provider_call_id from calls_to_settle s join call_logs c on c.id = s.call_id"
                + " order by 1");
    }
}
