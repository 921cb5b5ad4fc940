package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.SqlSession;
import io.switchboard.voice.AppSql;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What storing, claiming and finishing read at volume. A claim: a few blocks for each of the 52 tenants that wait, and none for events
 * behind the first.
 */
class InboxCostTest {
    private static final UUID DEEP = UUID.randomUUID();
    private static final UUID WIDE = UUID.randomUUID();
    private static final int MOST_BLOCKS = 6_000;

    private static final String ONE_CALL =
            "insert into processed_webhook_events (org_id, endpoint_id, provider, event_id, type, call_key, body)"
                    + " select '%s', uuid_v7(), 'vapi', 'deep:' || n, 't', 'deep', '' from generate_series(1, 60000) n";
    /** With ids in no order, so that who reads the table by its key reads a block for each event. */
    private static final String MANY_CALLS =
            "insert into processed_webhook_events (org_id, id, endpoint_id, provider, event_id, type, call_key, body)"
                    + " select case when n <= 20000 then '%s'::uuid else md5((n %% 50)::text)::uuid end, gen_random_uuid(),"
                    + " uuid_v7(), 'vapi', 'e' || n, 't', case when n %% 9 > 0 then 'c' || n end, '' from generate_series(1, 22000) n";

    private static final String NOT_ANALYZED = "alter table processed_webhook_events set (autovacuum_enabled = false);"
            + " alter table call_queue set (autovacuum_enabled = false)";

    private static final String STORE_30 = """
            select count(*) from (
                select array_agg(uuid_v7()) as ids, array_agg('%s'::uuid) as endpoints,
                    array_agg(gen_random_uuid()::text) as names from generate_series(1, 30)) s,
            lateral record_webhook_events(ids, endpoints, names, names, names, array_fill('replaced'::text, array[30]),
                array_fill(now(), array[30]), array_fill('\\x00'::bytea, array[30]), array_fill(null::text, array[30]),
                array_fill(null::uuid, array[30]), '{}', '{}', 1000)""";
    /** Of events that are known, with other bytes each time. */
    private static final String REPEAT_30 = STORE_30.replace("gen_random_uuid()::text", "'again ' || n")
            .replace("generate_series(1, 30)", "generate_series(1, 30) n")
            .replace("'\\x00'::bytea", "uuid_send(gen_random_uuid())");

    private static final String CLAIM = "select * from claim_webhook_events(16, 4, '{}', '{}', '{}', 16, 30)";
    private static final String FINISH =
            "update processed_webhook_events set status = 'done', lease = null, lease_until = null where status = 'running'";

    private static AppSql sql;

    @BeforeAll
    static void fill() {
        sql = new AppSql();
        sql.fill(NOT_ANALYZED, ONE_CALL.formatted(DEEP), MANY_CALLS.formatted(WIDE), "select rebuild_call_queue()");
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void a_claim_reads_a_few_blocks_whatever_the_statistics_say() {
        assertCheapClaims();
        sql.fill("analyze processed_webhook_events", "analyze call_queue");
        assertCheapClaims();
    }

    /**
     * As after the first start: sessions that have planned on the empty tables go on while these fill. The planner takes a table that
     * was never analyzed for one of ten blocks, and one that was analyzed when it was empty for one of a row.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "truncate processed_webhook_events, call_queue; analyze processed_webhook_events, call_queue"
            })
    void storing_claiming_and_finishing_read_a_few_blocks_whatever_the_tables_were_when_they_were_planned(String known)
            throws SQLException {
        try (var fresh = new AppSql();
                var session = fresh.connect();
                var statement = session.jdbc().createStatement()) {
            var org = UUID.randomUUID();
            var endpoint = UUID.randomUUID();
            fresh.as(
                    org,
                    "admin",
                    "insert into webhook_endpoints (org_id, id, provider, label, secret) values"
                            + " ('%s', '%s', 'vapi', 'main', '\\x00')".formatted(org, endpoint));
            statement.execute("set app.org_id = '" + org + "'; set app.role = 'service'");
            fresh.fill(NOT_ANALYZED); // before anything is planned: it has all sessions plan anew
            for (int i = 0; i < 8; i++) {
                statement.execute(STORE_30.formatted(endpoint));
                statement.execute(REPEAT_30.formatted(endpoint));
                statement.execute(CLAIM);
                statement.execute(FINISH);
            }
            fresh.fill(known);
            statement.execute(CLAIM);
            fresh.fill(MANY_CALLS.formatted(org), "select rebuild_call_queue()");
            statement.execute(CLAIM); // sees that the tables have grown
            for (int i = 0; i < 8; i++) {
                int blocks = session.blocks(STORE_30.formatted(endpoint));
                assertTrue(blocks < MOST_BLOCKS, () -> blocks + " blocks to store 30 events");
                int repeated = session.blocks(REPEAT_30.formatted(endpoint));
                assertTrue(repeated < MOST_BLOCKS, () -> repeated + " blocks to look at 30 repeats");
                int claimed = session.blocks(CLAIM);
                assertTrue(claimed < MOST_BLOCKS, () -> claimed + " blocks for a claim");
                int finished = session.blocks(FINISH);
                assertTrue(finished < MOST_BLOCKS, () -> finished + " blocks to finish");
            }
        }
    }

    @Test
    void a_claim_of_a_table_that_has_grown_does_not_wait_for_its_vacuum() {
        try (var fresh = new AppSql();
                var vacuum = fresh.connectSuperuser();
                var worker = fresh.connect()) {
            fresh.fill(NOT_ANALYZED, MANY_CALLS.formatted(WIDE), "select rebuild_call_queue()");
            vacuum.begin();
            vacuum.run("lock table processed_webhook_events in share update exclusive mode");
            worker.run("set statement_timeout = '5s'");
            assertFalse(worker.column(CLAIM).isEmpty());
            vacuum.rollback();
        }
    }

    @Test
    void the_events_of_a_call_are_found_by_one_index() {
        var plans = sql.plans(DEEP, "service", null, EventBatch.FOLLOWING, Tuple.of(DEEP, "vapi", "deep"));
        assertFalse(plans.contains("Seq Scan"), plans);
        assertTrue(plans.contains("webhook_events_new_of_call"), plans);
        assertTrue(plans.contains("webhook_events_owed_of_call"), plans);
        assertFalse(plans.contains("webhook_events_pending"), plans);
    }

    private static void assertCheapClaims() {
        for (int i = 0; i < 8; i++) { // from the sixth time on, the plans may be generic ones
            int blocks = blocks(CLAIM);
            assertTrue(blocks < MOST_BLOCKS, () -> blocks + " blocks for a claim");
            int finished = blocks(FINISH);
            assertTrue(finished < MOST_BLOCKS, () -> finished + " blocks to finish");
        }
    }

    /** Read for a statement of the deep tenant's. */
    private static int blocks(String statement) {
        return SqlSession.blocks(sql.as(DEEP, "service", SqlSession.EXPLAIN_BLOCKS + statement));
    }
}
