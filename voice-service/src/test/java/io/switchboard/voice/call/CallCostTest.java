package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.AppSql;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the steps of an event read where an organization has many calls and the tables were never analyzed. */
class CallCostTest {
    private static final int MOST_BLOCKS = 2_000;
    private static final List<String> STEPS = List.of(
            "select link_contact('vapi', 'call 7', '%s')".formatted(UUID.randomUUID()),
            "select link_contact('vapi', 'call 8', '%s')".formatted(UUID.randomUUID()),
            "select lock_call_keys(array['vapi', 'twilio'], array['call 7', 'CA7'])",
            "select take_back_effects('vapi', 'call 7', array['%s']::uuid[])".formatted(UUID.randomUUID()),
            "select begin_tool_call('vapi', 'call 7', gen_random_uuid()::text, 'check_availability', '{}', null, '{}', null)",
            "select may_use_tool('vapi', 'call 7', 'assistant', array['+15551230000'], 'check_availability')",
            "select record_call_answer('vapi', gen_random_uuid()::text, null, null, null, null)");

    /** As after the first start: a session that has planned on empty tables goes on while they fill. */
    @Test
    void each_step_reads_a_few_blocks_whatever_the_tables_were_when_it_was_planned() throws SQLException {
        try (var sql = new AppSql();
                var session = sql.connect();
                var statement = session.jdbc().createStatement()) {
            var org = UUID.randomUUID();
            statement.execute("set app.org_id = '" + org + "'; set app.role = 'service'");
            for (int i = 0; i < 8; i++) {
                for (var step : STEPS) {
                    statement.execute(step);
                }
            }
            sql.fill(
                    "alter table call_logs set (autovacuum_enabled = false); alter table call_keys set (autovacuum_enabled = false);"
                            + " alter table tool_calls set (autovacuum_enabled = false);"
                            + " alter table call_answers set (autovacuum_enabled = false)",
                    "insert into call_logs (org_id, provider, provider_call_id, status, direction, started_at)"
                            + " select '%s', 'vapi', 'call ' || n, 'ringing', 'inbound', now() from generate_series(1, 20000) n"
                                    .formatted(org),
                    "insert into call_keys (org_id, provider, key, call_id)"
                            + " select org_id, 'twilio', 'CA' || substr(provider_call_id, 6), id from call_logs");
            for (int i = 0; i < 8; i++) {
                for (var step : STEPS) {
                    int blocks = session.blocks(step);
                    assertTrue(blocks < MOST_BLOCKS, () -> blocks + " blocks: " + step);
                }
            }
        }
    }
}
