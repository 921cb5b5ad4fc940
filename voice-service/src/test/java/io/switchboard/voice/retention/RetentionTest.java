package io.switchboard.voice.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.AppSql;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What expire_call_data removes, step by step. */
class RetentionTest {
    private static final int MOST_BLOCKS = 40_000; // of 300 calls and 300 events with all their indexes

    /** Calls that began so many days ago, with a recording and a transcript. */
    private static final String CALLS = """
            insert into call_logs (org_id, id, provider, provider_call_id, status, started_at, recording_url)
            select '%1$s', id, 'vapi', id::text, 'ended', now(), 'https://example.com/' || days from (
                select days, uuid_v7_floor(now() - days * interval '1 day' - n * interval '1 second') as id
                from unnest(array[%2$s]) days cross join generate_series(1, %3$s) n) c;
            insert into call_transcripts (org_id, call_id, transcript, weight)
            select org_id, id, 'AI: hello.', 1 from call_logs where org_id = '%1$s'""";

    /** Events that came so many days ago. */
    private static final String EVENTS = """
            insert into processed_webhook_events (org_id, id, endpoint_id, provider, event_id, type, body, status)
            select '%1$s', uuid_v7_floor(now() - days * interval '1 day' - n * interval '1 second'), uuid_v7(), 'vapi',
                '%3$s' || days || ':' || n, 't', 'x', '%3$s'::webhook_event_status
            from unnest(array[%2$s]) days cross join generate_series(1, %4$s) n""";

    private static AppSql sql;

    final UUID org = UUID.randomUUID();

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
        sql.fill(
                "delete from retention_runs",
                "insert into retention_runs (org_id, due_at) values ('" + org + "', now())");
    }

    @Test
    void what_is_older_than_its_days_is_removed() {
        keep("10", "20", "30");
        sql.fill(
                CALLS.formatted(org, "5, 15, 25", 1), EVENTS.formatted(org, "29, 31", "done", 1), events("dead", "31"));
        run();
        assertEquals(List.of("https://example.com/5"), recordings());
        assertEquals(2, transcripts());
        assertEquals(List.of("done29:1"), bodies());
        assertEquals(3, count("processed_webhook_events"));
        assertEquals(
                "{\"rawBodies\": 2, \"recordings\": 2, \"transcripts\": 1}",
                audited().get(0));
        assertEquals(1, audited().size());
        assertEquals(List.of(), audited("update"));
        assertEquals(0, count("call_stream_events"));
    }

    @Test
    void without_settings_only_bodies_go_after_30_days() {
        sql.fill(CALLS.formatted(org, "4000", 1), events("done", "29"), events("done", "31"));
        run();
        assertEquals(1, recordings().size());
        assertEquals(1, transcripts());
        assertEquals(List.of("done29:1"), bodies());
    }

    @Test
    void what_is_kept_for_ever_is_never_looked_at() {
        keep("null", "null", "null");
        sql.fill(CALLS.formatted(org, "4000", 1), events("done", "4000"));
        run();
        assertEquals(1, recordings().size());
        assertEquals(List.of("done4000:1"), bodies());
        assertEquals(List.of(), audited());
    }

    @Test
    void an_event_that_is_not_over_keeps_its_body_until_it_is() {
        sql.fill(events("done", "33"), events("pending", "32"), events("done", "31"));
        run();
        assertEquals(List.of("pending32:1"), bodies());
        sql.fill("update processed_webhook_events set status = 'done' where org_id = '" + org + "'");
        run();
        assertEquals(List.of("pending32:1"), bodies());
        makeDue("now()");
        run();
        assertEquals(List.of(), bodies());
    }

    @Test
    void bodies_that_events_share_go_too() {
        sql.fill(
                "insert into webhook_deliveries (org_id, id, body) values ('" + org + "', '" + org + "', 'shared')",
                events("done", "31"),
                "update processed_webhook_events set body = null, delivery_id = '" + org + "' where org_id = '" + org
                        + "'");
        run();
        assertEquals(
                List.of("0"),
                superuser("select octet_length(body)::text from webhook_deliveries where org_id = '" + org + "'"));
    }

    @Test
    void a_call_that_a_worker_holds_is_left_to_the_next_run() {
        keep("10", "10", "null");
        sql.fill(CALLS.formatted(org, "15", 2));
        try (var worker = sql.connect()) {
            worker.begin();
            worker.column(
                    "select set_config('app.org_id', '" + org + "', true), set_config('app.role', 'service', true)");
            worker.column("select id from call_logs where org_id = '" + org + "' order by id limit 1 for update");
            run();
            assertEquals(1, recordings().size());
            assertEquals(1, transcripts());
        }
        makeDue("now()");
        run();
        assertEquals(0, recordings().size() + transcripts());
    }

    @Test
    void the_next_run_is_a_day_later_and_finds_only_what_has_become_old() {
        sql.fill(events("done", "31"));
        run();
        sql.fill(events("dead", "31"));
        run();
        assertEquals(List.of("dead31:1"), bodies());
        assertEquals(
                List.of("24"),
                superuser(
                        "select round(extract(epoch from due_at - now()) / 3600)::text from retention_runs where org_id = '"
                                + org + "'"));
    }

    @Test
    void another_organization_keeps_what_it_has() {
        var other = UUID.randomUUID();
        keep("10", "10", "10");
        sql.fill(CALLS.formatted(other, "4000", 1), EVENTS.formatted(other, "29", "done", 1));
        run();
        assertEquals(
                List.of("29"),
                superuser("select split_part(event_id, ':', 1) from processed_webhook_events where org_id = '" + other
                                + "' and body <> ''")
                        .stream()
                        .map(name -> name.replace("done", ""))
                        .toList());
    }

    @Test
    void many_rows_take_many_small_steps() {
        keep("10", "10", "10");
        sql.fill(CALLS.formatted(org, "15", 5000), EVENTS.formatted(org, "15", "done", 5000));
        for (int step = 0; step < 5; step++) {
            assertCheapStep();
        }
        sql.fill("analyze call_logs", "analyze call_transcripts", "analyze processed_webhook_events");
        for (int step = 0; step < 5; step++) {
            assertCheapStep();
        }
        run();
        assertEquals(0, recordings().size() + transcripts() + bodies().size());
        assertEquals(
                "{\"rawBodies\": 5000, \"recordings\": 5000, \"transcripts\": 5000}",
                audited().get(0));
    }

    private static void assertCheapStep() {
        var step = String.join("\n", sql.query("explain (analyze, buffers, costs off) select expire_call_data()"));
        var blocks = Pattern.compile("shared hit=(\\d+)").matcher(step);
        assertTrue(blocks.find() && Integer.parseInt(blocks.group(1)) < MOST_BLOCKS, step);
    }

    private static void run() {
        var handled = List.<String>of();
        do {
            handled = sql.query("select expire_call_data()");
        } while (!handled.equals(List.of("0")));
    }

    private void makeDue(String at) {
        sql.fill("update retention_runs set due_at = " + at + " where org_id = '" + org + "'");
    }

    private void keep(String recordings, String transcripts, String bodies) {
        sql.fill("insert into call_settings (org_id, recording_days, transcript_days, raw_body_days) values ('" + org
                + "', " + recordings + ", " + transcripts + ", " + bodies + ")");
    }

    private String events(String status, String days) {
        return EVENTS.formatted(org, days, status, 1);
    }

    private List<String> recordings() {
        return superuser(
                "select recording_url from call_logs where org_id = '" + org + "' and recording_url is not null");
    }

    private int transcripts() {
        return count("call_transcripts");
    }

    private List<String> bodies() {
        return superuser("select event_id from processed_webhook_events where org_id = '" + org + "' and body <> ''");
    }

    private int count(String table) {
        return Integer.parseInt(superuser("select count(*)::text from " + table + " where org_id = '" + org + "'")
                .get(0));
    }

    private List<String> audited() {
        return audited("expire");
    }

    private List<String> audited(String action) {
        return superuser("select event ->> 'newData' from outbox where org_id = '" + org
                + "' and event ->> 'action' = '" + action + "'");
    }

    private List<String> superuser(String query) {
        return sql.asOwner(org, query);
    }
}
