package io.switchboard.voice.retention;

import static io.switchboard.voice.retention.OldData.CALLS;
import static io.switchboard.voice.retention.OldData.EVENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.voice.AppSql;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What expire_call_data removes, step by step. */
class RetentionTest {
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
    void what_is_older_than_its_days_is_removed() {
        keep("10", "20", "30");
        sql.fill(
                CALLS.formatted(acme.org, "5, 15, 25", 1),
                EVENTS.formatted(acme.org, "29, 31", "done", 1),
                events("dead", "31"));
        acme.run();
        assertEquals(List.of("https://example.com/5"), acme.recordings());
        assertEquals(2, transcripts());
        assertEquals(List.of("done29:1"), acme.bodies());
        assertEquals(3, acme.count("processed_webhook_events"));
        assertEquals(
                "{\"fragments\": 0, \"rawBodies\": 2, \"recordings\": 2, \"transcripts\": 1}",
                acme.audited("expire").get(0));
        assertEquals(1, acme.audited("expire").size());
        assertEquals(List.of(), acme.audited("update"));
        assertEquals(0, acme.count("call_stream_events"));
    }

    @Test
    void without_settings_only_bodies_go_after_30_days() {
        sql.fill(CALLS.formatted(acme.org, "4000", 1), events("done", "29"), events("done", "31"));
        acme.run();
        assertEquals(1, acme.recordings().size());
        assertEquals(1, transcripts());
        assertEquals(List.of("done29:1"), acme.bodies());
    }

    @Test
    void what_is_kept_for_ever_is_never_looked_at() {
        keep("null", "null", "null");
        sql.fill(CALLS.formatted(acme.org, "4000", 1), events("done", "4000"));
        acme.run();
        assertEquals(1, acme.recordings().size());
        assertEquals(List.of("done4000:1"), acme.bodies());
        assertEquals(List.of(), acme.audited("expire"));
    }

    @Test
    void an_event_that_is_not_over_keeps_its_body_until_it_is() {
        sql.fill(events("done", "33"), events("pending", "32"), events("done", "31"));
        acme.run();
        assertEquals(List.of("pending32:1"), acme.bodies());
        sql.fill("update processed_webhook_events set status = 'done' where org_id = '" + acme.org + "'");
        acme.run();
        assertEquals(List.of("pending32:1"), acme.bodies());
        acme.makeDue("now()");
        acme.run();
        assertEquals(List.of(), acme.bodies());
    }

    @Test
    void bodies_that_events_share_go_too() {
        sql.fill(
                "insert into webhook_deliveries (org_id, id, body) values ('" + acme.org + "', '" + acme.org
                        + "', 'shared')",
                events("done", "31"),
                "update processed_webhook_events set body = null, delivery_id = '" + acme.org + "' where org_id = '"
                        + acme.org + "'");
        acme.run();
        assertEquals(
                List.of("0"),
                acme.owner(
                        "select octet_length(body)::text from webhook_deliveries where org_id = '" + acme.org + "'"));
    }

    @Test
    void a_call_that_a_worker_holds_is_left_to_the_next_run() {
        keep("10", "10", "null");
        sql.fill(CALLS.formatted(acme.org, "15", 2));
        try (var worker = sql.connect()) {
            worker.begin();
            worker.column("select set_config('app.org_id', '" + acme.org
                    + "', true), set_config('app.role', 'service', true)");
            worker.column("select id from call_logs where org_id = '" + acme.org + "' order by id limit 1 for update");
            acme.run();
            assertEquals(1, acme.recordings().size());
            assertEquals(1, transcripts());
        }
        acme.makeDue("now()");
        acme.run();
        assertEquals(0, acme.recordings().size() + transcripts());
    }

    @Test
    void the_next_run_is_a_day_later_and_finds_only_what_has_become_old() {
        sql.fill(events("done", "31"));
        acme.run();
        sql.fill(events("dead", "31"));
        acme.run();
        assertEquals(List.of("dead31:1"), acme.bodies());
        assertEquals(
                List.of("24"),
                acme.owner(
                        "select round(extract(epoch from due_at - now()) / 3600)::text from retention_runs where org_id = '"
                                + acme.org + "'"));
    }

    @Test
    void another_organization_keeps_what_it_has() {
        var other = UUID.randomUUID();
        keep("10", "10", "10");
        sql.fill(CALLS.formatted(other, "4000", 1), EVENTS.formatted(other, "29", "done", 1));
        acme.run();
        assertEquals(
                List.of("29"),
                acme
                        .owner("select split_part(event_id, ':', 1) from processed_webhook_events where org_id = '"
                                + other + "' and body <> ''")
                        .stream()
                        .map(name -> name.replace("done", ""))
                        .toList());
    }

    private void keep(String recordings, String transcripts, String bodies) {
        acme.keep(recordings, transcripts, bodies);
    }

    private String events(String status, String days) {
        return EVENTS.formatted(acme.org, days, status, 1);
    }

    private int transcripts() {
        return acme.count("call_transcripts");
    }
}
