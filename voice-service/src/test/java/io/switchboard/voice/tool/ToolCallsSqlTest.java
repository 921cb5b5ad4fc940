package io.switchboard.voice.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.voice.AppSql;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database itself holds of tool calls. */
class ToolCallsSqlTest {
    private static final String BOOKING = "book_appointment";
    private static AppSql sql;

    private final UUID acme = UUID.randomUUID();

    @BeforeAll
    static void start() {
        sql = new AppSql();
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void one_delivery_does_the_work_and_the_others_get_its_answer() {
        assertEquals("begun", begin("t1", BOOKING, null));
        assertEquals("running", begin("t1", BOOKING, null));
        finish("t1", "Booked.", null);
        assertEquals("answered Booked.", begin("t1", "other_tool", "meaning"));
        assertEquals("begun", begin("t2", BOOKING, null));
        finish("t2", null, "I need the day.");
        assertEquals("answered I need the day.", begin("t2", BOOKING, null));
    }

    @Test
    void a_lease_that_is_over_goes_to_the_next_with_the_first_arguments() {
        begin("t1", BOOKING, null);
        var first = column("lease", "t1");
        expire("t1");
        assertEquals(
                List.of("begun {\"phone\": \"1\"}"),
                service(
                        "select state || ' ' || run_body from begin_tool_call('vapi', 'c1', 't1', 'x', '{\"phone\": \"2\"}', null, null, null)"));
        assertNotEquals(first, column("lease", "t1"));
        assertEquals(
                List.of("false"),
                service("select finish_tool_call('" + column("id", "t1") + "', '" + first
                        + "', 'late', null, 1, '{}')::text"));
    }

    @Test
    void the_same_meaning_has_the_first_result() {
        begin("t1", BOOKING, "ada");
        assertEquals("running", begin("t2", BOOKING, "ada"));
        finish("t1", "Booked.", null);
        assertEquals("answered Booked.", begin("t2", BOOKING, "ada"));
        assertEquals("answered Booked.", begin("t2", BOOKING, "ada"));
        assertEquals(column("id", "t1"), column("first_id", "t2"));
        assertEquals("begun", begin("t3", BOOKING, "bob"));
        assertEquals(
                List.of("begun"),
                service(
                        "select state from begin_tool_call('vapi', 'c2', 't1', 'book_appointment', '{}', null, 'ada', null)"),
                "in another call");
    }

    @Test
    void a_try_that_failed_is_done_for_the_first_id() {
        begin("t1", BOOKING, "ada");
        expire("t1");
        assertEquals(
                List.of("begun t1"),
                service(
                        "select state || ' ' || run_key from begin_tool_call('vapi', 'c1', 't2', 'book_appointment', '{}', null, 'ada', null)"));
    }

    @Test
    void an_error_has_no_meaning() {
        begin("t1", BOOKING, "ada");
        finish("t1", null, "Not available.");
        assertEquals("begun", begin("t2", BOOKING, "ada"));
    }

    @Test
    void what_was_cancelled_may_be_booked_again() {
        begin("t1", BOOKING, "ada");
        finish("t1", "Booked.", null);
        begin("t2", "open_ticket", "broken");
        finish("t2", "Opened.", null);
        begin("t3", "cancel_appointment", "cancel");
        finish("t3", "Cancelled.", null, "book_appointment,cancel_appointment");
        assertEquals("begun", begin("t4", BOOKING, "ada"));
        assertEquals("answered Opened.", begin("t5", "open_ticket", "broken"));
        assertEquals("answered Cancelled.", begin("t6", "cancel_appointment", "cancel"));
    }

    @Test
    void a_time_counts_as_its_instant() {
        sql.fill("insert into organization_settings (org_id, id, time_zone, default_region, business_hours, version)"
                + " values ('" + acme + "', '" + acme + "', 'America/New_York', 'US', '{}', 1)");
        var local = service("select tool_call_meaning('m', '2026-12-01T15:30')");
        assertEquals(local, service("select tool_call_meaning('m', '2026-12-01T20:30:00Z')"));
        assertNotEquals(local, service("select tool_call_meaning('m', '2026-12-01T15:30:00Z')"));
        assertNotEquals(local, service("select tool_call_meaning('m', null)"));
        assertEquals(
                service("select tool_call_meaning('m', 'Soon')"), service("select tool_call_meaning('m', 'soon')"));
    }

    @Test
    void people_see_those_of_the_calls_that_they_see() {
        begin("t1", BOOKING, null);
        var client = UUID.randomUUID();
        sql.fill(
                "insert into clients (org_id, id, company_name, is_active, version) values ('" + acme + "', '" + client
                        + "', 'Globex', true, 1)",
                "insert into call_logs (org_id, provider, provider_call_id, started_at, client_id) values ('" + acme
                        + "', 'vapi', 'c1', now(), '" + client + "')");
        var seen = "select t.tool_call_id from call_logs c, tool_calls_of(c.id) t";
        assertEquals(List.of("t1"), sql.as(acme, "admin", seen));
        assertEquals(List.of("t1"), sql.as(acme, "client", client, seen));
        assertEquals(List.of(), sql.as(acme, "client", UUID.randomUUID(), "select tool_call_id from tool_calls"));
        assertEquals(List.of(), sql.as(UUID.randomUUID(), "service", "select tool_call_id from tool_calls"));
        assertEquals(List.of(), sql.query("select tool_call_id from tool_calls"));
        assertThrows(
                SqlRefusal.class,
                () -> sql.as(
                        acme,
                        "admin",
                        "insert into tool_calls (org_id, provider, call_key, tool_call_id, name,"
                                + " arguments) values ('" + acme + "', 'vapi', 'c1', 't9', 'x', '{}') returning id"));
    }

    @Test
    void a_call_has_those_told_by_its_further_ids() {
        sql.fill(
                "insert into call_logs (org_id, provider, provider_call_id, started_at) values ('" + acme
                        + "', 'telnyx', 'leg', now())",
                "insert into call_keys (org_id, provider, key, call_id) select org_id, 'telnyx', 'control', id"
                        + " from call_logs where org_id = '" + acme + "'");
        service("select state from begin_tool_call('telnyx', 'control', 't1', 'x', '{}', null, null, null)");
        assertEquals(
                List.of("t1"), sql.as(acme, "admin", "select t.tool_call_id from call_logs c, tool_calls_of(c.id) t"));
    }

    @Test
    void they_go_with_the_transcripts() {
        begin("t1", BOOKING, null);
        var remove = "select fragments::text from remove_old_call_texts('" + acme + "', null, uuid_v7_floor(now() %s))";
        assertEquals(List.of("0"), sql.asOwner(acme, remove.formatted("- interval '1 day'")));
        assertEquals(List.of("1"), sql.asOwner(acme, remove.formatted("+ interval '1 minute'")));
        assertEquals(List.of(), service("select tool_call_id from tool_calls"));
    }

    @Test
    void an_agent_uses_the_tools_that_it_is_allowed() {
        var agent = UUID.randomUUID();
        sql.fill(
                "insert into agents (org_id, id, owner_id, name, provider, provider_assistant_id, allowed_tools) values ('"
                        + acme + "', '" + agent + "', '" + UUID.randomUUID()
                        + "', 'Front desk', 'vapi', 'a1', '{open_ticket}')");
        assertEquals(List.of("true"), mayUse("null", "null", "open_ticket"));
        assertEquals(List.of("true"), mayUse("null", "null", BOOKING), "it is not known who talks");
        assertEquals(List.of("true"), mayUse("'a1'", "null", "open_ticket"));
        assertEquals(List.of("false"), mayUse("'a1'", "null", BOOKING));
        assertEquals(List.of("true"), mayUse("'a2'", "null", BOOKING));
        sql.fill("insert into phone_numbers (org_id, number, provider, agent_id) values ('" + acme
                + "', '+14155552671', 'vapi', '" + agent + "')");
        assertEquals(List.of("false"), mayUse("null", "'+14155552671'", BOOKING));
        sql.fill("insert into call_answers (org_id, provider, call_key, agent_id) values ('" + acme
                + "', 'vapi', 'c1', '" + agent + "')");
        assertEquals(List.of("false"), mayUse("null", "null", BOOKING));
    }

    private List<String> mayUse(String assistant, String number, String tool) {
        return service("select may_use_tool('vapi', 'c1', " + assistant + ", array[" + number + "]::text[], '" + tool
                + "')::text");
    }

    private String begin(String id, String name, String meaning) {
        return service("select concat_ws(' ', state, told_result, told_error) from begin_tool_call('vapi', 'c1', '" + id
                        + "', '" + name + "', '{\"phone\": \"1\"}', '+14155552671', "
                        + (meaning == null ? "null" : "'" + meaning + "'")
                        + ", null)")
                .get(0);
    }

    private void finish(String id, String result, String error) {
        finish(id, result, error, "");
    }

    private void finish(String id, String result, String error, String outdated) {
        assertEquals(
                List.of("true"),
                service("select finish_tool_call('" + column("id", id) + "', '" + column("lease", id) + "', "
                        + quoted(result) + ", " + quoted(error) + ", 5, '{" + outdated + "}')::text"));
    }

    private static String quoted(String text) {
        return text == null ? "null" : "'" + text + "'";
    }

    private void expire(String id) {
        sql.run("update tool_calls set lease_until = now() - interval '1 second' where tool_call_id = '" + id
                + "' and org_id = '" + acme + "'");
    }

    private String column(String name, String id) {
        return service("select " + name + "::text from tool_calls where call_key = 'c1' and tool_call_id = '" + id
                        + "'")
                .get(0);
    }

    private List<String> service(String statement) {
        return sql.as(acme, "service", statement);
    }
}
