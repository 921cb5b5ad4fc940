package io.switchboard.voice.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.SqlSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is handed out, in order and to one worker. */
class InboxClaimSqlTest extends InboxSqlCase {
    private static final String RUNNING =
            "select event_id from processed_webhook_events where status = 'running' and event_id = '%s'";

    @Test
    void of_a_call_only_one_event_is_at_work_and_the_oldest_first() {
        UUID endpoint = endpoint(acme);
        record(new Row(endpoint, "c1:a", "c1", "ignored", ""));
        record(new Row(endpoint, "c1:b", "c1", "ignored", ""), new Row(endpoint, "c2:a", "c2", "ignored", ""));
        record(new Row(endpoint, "none:a", null, "ignored", ""), new Row(endpoint, "none:b", null, "ignored", ""));
        assertEquals(List.of("c1:a", "c2:a", "none:a", "none:b"), claim(10));
        assertEquals(List.of(), claim(10));
        finish("c1:a");
        assertEquals(List.of("c1:b"), claim(10));
        for (String left : List.of("c1:b", "c2:a", "none:a", "none:b")) {
            finish(left);
        }
    }

    @Test
    void an_event_that_waits_to_be_tried_again_holds_up_no_other() {
        UUID endpoint = endpoint(acme);
        record(new Row(endpoint, "c1:a", "c1", "ignored", ""));
        record(new Row(endpoint, "c1:b", "c1", "ignored", ""));
        assertEquals(List.of("c1:a"), claim(10));
        again("c1:a", "interval '1 hour'");
        assertEquals(List.of("c1:b"), claim(10));
        again("c1:a", "interval '0'");
        assertEquals(List.of(), claim(10), "while the other is at work");
        finish("c1:b");
        assertEquals(List.of("c1:a"), claim(10));
        finish("c1:a");
    }

    @Test
    void what_a_lost_worker_left_is_tried_once_more() {
        record(new Row(endpoint(acme), "c1:a", "c1", "ignored", ""));
        assertEquals(List.of("c1:a"), claim(10));
        loseWorkers();
        assertEquals(List.of("c1:a"), claim(10));
        loseWorkers();
        assertEquals(List.of(), claim(10));
        assertEquals(
                List.of("dead 2 The worker stopped twice while it had the event."),
                sql.as(
                        acme,
                        "admin",
                        "select status || ' ' || attempts || ' ' || error from processed_webhook_events"));
        sql.as(acme, "admin", WebhookEvents.REVIVE.replace("$1", "'" + acme + "'"));
        settle(1);
    }

    @Test
    void events_whose_worker_was_lost_run_one_at_a_time() {
        UUID endpoint = endpoint(acme);
        for (String call : List.of("c1", "c2", "c3")) {
            record(new Row(endpoint, call + ":a", call, "ignored", ""));
        }
        assertEquals(3, claim(10).size());
        loseWorkers();
        record(new Row(endpoint, "c4:a", "c4", "ignored", ""));
        List<String> claimed = claim(10);
        assertEquals(2, claimed.size(), "one of them, and the new one");
        assertEquals(List.of(), claim(10), "while it runs");
        for (String event : claimed) {
            finish(event);
        }
        assertEquals(1, claim(10).size());
        assertEquals(List.of(), claim(10));
        loseWorkers();
        settle(1);
    }

    @Test
    void what_is_given_back_costs_no_attempt() {
        record(new Row(endpoint(acme), "c1:a", "c1", "ignored", ""));
        String token = sql.query("select lease from claim_webhook_events(10, 10, '{}', '{}', '{}', 16, 30)")
                .get(0);
        assertEquals(List.of("1"), sql.query("select release_webhook_events('{" + token + "}')"));
        assertEquals(
                List.of("1"), sql.query("select attempts from claim_webhook_events(10, 10, '{}', '{}', '{}', 16, 30)"));
        finish("c1:a");
    }

    @Test
    void outstanding_effects_wait_apart_and_behind_new_events() {
        UUID ours = endpoint(acme);
        UUID theirs = endpoint(globex);
        record(new Row(ours, "c1:a", "c1", "ignored", ""), new Row(ours, "c2:a", "c2", "ignored", ""));
        record(new Row(theirs, "c1:a", "c1", "ignored", ""));
        assertEquals(List.of("c1:a", "c2:a", "c1:a"), claim(10));
        owe(acme, "c1:a");
        owe(acme, "c2:a");
        owe(globex, "c1:a");
        record(new Row(ours, "c2:b", "c2", "ignored", ""));
        assertEquals(
                List.of("c2:b"),
                sql.query("select event_id from claim_webhook_events(10, 0, '{}', '{}', '{}', 16, 30)"));
        String butOfOurs =
                "select event_id from claim_webhook_events(10, 10, '{}', '{%s}', '{}', 16, 30)".formatted(acme);
        assertEquals(List.of("c1:a"), sql.query(butOfOurs));
        assertEquals(List.of(), sql.as(acme, "service", RUNNING.formatted("c1:a")), "theirs, not ours");
        assertEquals(List.of("c1:a"), claim(10), "ours, but not of the call that is at work");
        finish("c2:b");
        assertEquals(List.of("c2:a"), claim(10));
        for (String left : List.of("c1:a", "c2:a")) {
            finish(left);
        }
    }

    @Test
    void done_events_do_not_run_again_and_content_does_not_change() {
        record(new Row(endpoint(acme), "c1:a", "c1", "ignored", ""));
        settle(1);
        String run = "update processed_webhook_events set status = 'running', lease = uuid_v7(), lease_until = now()";
        assertThrows(SqlRefusal.class, () -> sql.as(acme, "service", run));
        assertThrows(SqlRefusal.class, () -> sql.as(acme, "service", "update processed_webhook_events set body = ''"));
        assertThrows(SqlRefusal.class, () -> sql.as(acme, "service", "delete from processed_webhook_events"));
    }

    @Test
    void claims_take_turns_and_see_what_the_one_before_has_claimed() throws Exception {
        UUID endpoint = endpoint(acme);
        record(new Row(endpoint, "c1:a", "c1", "ignored", ""));
        record(new Row(endpoint, "c1:b", "c1", "ignored", ""));
        assertEquals(List.of("c1:a"), claim(10));
        again("c1:a", "interval '1 hour'");
        var other = Executors.newSingleThreadExecutor();
        try (var first = sql.connect()) {
            first.begin();
            first.column("select event_id from claim_webhook_events(10, 10, '{}', '{}', '{}', 16, 30)");
            again("c1:a", "interval '0'");
            Future<List<String>> second = other.submit(() -> claim(10));
            await().until(() -> second.isDone() || waits(first));
            first.commit();
            assertEquals(List.of(), second.get());
        }
        other.shutdown();
        finish("c1:b");
        settle(1);
    }

    @Test
    void many_workers_take_each_event_once_and_never_two_of_a_call() throws Exception {
        UUID endpoint = endpoint(acme);
        List<Callable<Void>> jobs = new ArrayList<>();
        for (int job = 0; job < 6; job++) {
            int first = job * 40;
            jobs.add(() -> {
                for (int i = first; i < first + 60; i += 3) { // a third of them is sent by the next one too
                    record(
                            new Row(endpoint, "e" + (i + 2), "c" + (i + 2) % 7, "ignored", ""),
                            new Row(endpoint, "e" + (i + 1), "c" + (i + 1) % 7, "ignored", ""),
                            new Row(endpoint, "e" + i, "c" + i % 7, "ignored", ""));
                }
                return null;
            });
            jobs.add(() -> {
                for (int i = 0; i < 60; i++) {
                    for (String event : claim(5)) {
                        finish(event);
                    }
                }
                return null;
            });
        }
        var pool = Executors.newFixedThreadPool(jobs.size());
        for (Future<Void> job : pool.invokeAll(jobs)) {
            job.get();
        }
        pool.shutdown();
        for (List<String> claimed = claim(50); !claimed.isEmpty(); claimed = claim(50)) {
            assertTrue(claimed.size() <= 7, "one of each call");
            for (String event : claimed) {
                finish(event);
            }
        }
        assertEquals(
                List.of("260 260 1"),
                sql.as(
                        acme,
                        "admin",
                        "select count(*) || ' ' || count(*) filter (where status = 'done') || ' ' || max(attempts)"
                                + " from processed_webhook_events"));
    }

    private void loseWorkers() {
        sql.as(
                acme,
                "service",
                "update processed_webhook_events set lease_until = now() - interval '1 second' where status = 'running'");
    }

    /** Whether some claim waits for another. */
    private static boolean waits(SqlSession first) {
        return first.value("select exists (select from pg_locks where not granted)")
                .equals("t");
    }
}
