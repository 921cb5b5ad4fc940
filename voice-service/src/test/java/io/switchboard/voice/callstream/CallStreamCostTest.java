package io.switchboard.voice.callstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.AppSql;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a look for live events reads at volume: the blocks of what it answers. */
class CallStreamCostTest {
    private static final UUID BIG = UUID.randomUUID();
    private static final UUID SMALL = UUID.randomUUID();
    private static final UUID CLIENT = UUID.randomUUID();
    private static final int MOST_BLOCKS = 3_000; // of which planning takes half

    /** An hour of one busy organization and of 50 others; one client has 40 calls. */
    private static final String CALLS = """
            insert into call_logs (org_id, id, provider, provider_call_id, status, started_at, client_id)
            select case when n %% 2 = 0 then '%s'::uuid else md5((n %% 50)::text)::uuid end, md5('c' || n)::uuid, 'vapi', 'c' || n,
                'ended', now(), case when n %% 1000 = 0 then '%s'::uuid end
            from generate_series(1, 40000) n""";

    private static final String EVENTS = """
            insert into call_stream_events (org_id, id, call_id, client_id, type)
            select case when n %% 2 = 0 then '%s'::uuid else md5((n %% 50)::text)::uuid end,
                encode(overlay(uuid_send(md5('e' || n)::uuid) placing
                    substring(uuid_send(uuid_v7_floor(now() - (n - 1) * interval '90 ms')) for 8) from 1 for 8), 'hex')::uuid,
                md5('c' || n)::uuid, case when n %% 1000 = 0 then '%s'::uuid end, 'call.updated'
            from generate_series(1, 40000) n""";

    private static AppSql sql;

    @BeforeAll
    static void fill() {
        sql = new AppSql();
        sql.fill(CALLS.formatted(BIG, CLIENT), EVENTS.formatted(BIG, CLIENT));
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void a_look_reads_what_it_answers_whatever_the_statistics_say() {
        assertCheap();
        sql.fill("analyze call_logs", "analyze call_stream_events");
        assertCheap();
    }

    private static void assertCheap() {
        assertEquals(50, cheap(BIG, BIG, "null"));
        assertEquals(50, cheap(BIG, BIG, "uuid_v7_floor(now() - interval '50 minutes')"));
        assertEquals(40, cheap(BIG, CLIENT, "uuid_v7_floor(now() - interval '2 hours')"));
        assertEquals(0, cheap(BIG, UUID.randomUUID(), "uuid_v7_floor(now() - interval '2 hours')"));
        assertEquals(0, cheap(SMALL, SMALL, "null"));
    }

    /** How many rows it answers. */
    private static int cheap(UUID org, UUID subject, String after) {
        var look =
                ("select * from streamed_calls(array['%s']::uuid[], array['%s']::uuid[], array[%s]::uuid[], '{}', 50)")
                        .formatted(org, subject, after);
        sql.query(look);
        var run = String.join("\n", sql.query("explain (analyze, buffers, costs off, timing off) " + look));
        var blocks = Pattern.compile("shared hit=(\\d+)").matcher(run);
        assertTrue(blocks.find(), run);
        assertTrue(Integer.parseInt(blocks.group(1)) < MOST_BLOCKS, run);
        return sql.query(look).size();
    }
}
