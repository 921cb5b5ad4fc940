package io.switchboard.voice.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.AppSql;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How expire_call_data goes about much data. */
class RetentionStepsTest {
    private static final int MOST_BLOCKS = 40_000; // of 300 calls and 300 events with all their indexes

    private static AppSql sql;

    private OldData acme;

    @BeforeAll
    static void start() {
        sql = new AppSql();
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @BeforeEach
    void makeDue() {
        acme = new OldData(sql);
        acme.makeDue();
    }

    @Test
    void many_rows_take_many_small_steps() {
        acme.keep("10", "10", "10");
        sql.fill(OldData.CALLS.formatted(acme.org, "15", 5000), OldData.EVENTS.formatted(acme.org, "15", "done", 5000));
        for (int step = 0; step < 5; step++) {
            assertCheapStep();
        }
        sql.fill("analyze call_logs", "analyze call_transcripts", "analyze processed_webhook_events");
        for (int step = 0; step < 5; step++) {
            assertCheapStep();
        }
        acme.run();
        assertEquals(
                0,
                acme.recordings().size()
                        + acme.count("call_transcripts")
                        + acme.bodies().size());
        assertEquals(
                "{\"fragments\": 0, \"rawBodies\": 5000, \"recordings\": 5000, \"transcripts\": 5000}",
                acme.audited("expire").get(0));
    }

    @Test
    void what_was_said_in_calls_that_never_ended_goes_too() {
        acme.keep("null", "10", "null");
        var ofCalls = " from call_logs where org_id = '" + acme.org + "'";
        sql.fill(
                OldData.CALLS.formatted(acme.org, "15", 700),
                "delete from call_transcripts where org_id = '" + acme.org + "'",
                "insert into call_talks (org_id, call_id, transcript, weight) select org_id, id, 'AI: hello.', 1"
                        + ofCalls,
                "insert into call_fragments (org_id, call_id, key, speaker, said, said_at)"
                        + " select org_id, id, n::text, 'agent', 'hello', now() from generate_series(1, 3) n cross join"
                        + " (select org_id, id" + ofCalls + ") c");
        acme.run();
        assertEquals(0, acme.count("call_talks") + acme.count("call_fragments"));
        assertEquals(
                "{\"fragments\": 2100, \"rawBodies\": 0, \"recordings\": 0, \"transcripts\": 700}",
                acme.audited("expire").get(0));
    }

    @Test
    void organizations_take_turns() {
        var globex = new OldData(sql);
        sql.fill(
                OldData.EVENTS.formatted(acme.org, "31", "done", 1000),
                OldData.EVENTS.formatted(globex.org, "31", "done", 1));
        acme.makeDue("now() - interval '1 hour'");
        globex.makeDue("now()");
        acme.step();
        acme.step();
        assertEquals(List.of(), globex.bodies());
        assertEquals(700, acme.bodies().size());
    }

    private static void assertCheapStep() {
        var step = String.join("\n", sql.query("explain (analyze, buffers, costs off) select expire_call_data()"));
        var blocks = Pattern.compile("shared hit=(\\d+)").matcher(step);
        assertTrue(blocks.find() && Integer.parseInt(blocks.group(1)) < MOST_BLOCKS, step);
    }
}
