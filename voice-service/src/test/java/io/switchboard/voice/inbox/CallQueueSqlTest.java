package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and how many events of a call may wait. */
class CallQueueSqlTest extends InboxSqlCase {
    private static final int CAPACITY = 16;

    @Test
    void while_another_tenant_waits_each_gets_a_quarter() {
        record(calls(endpoint(acme), 40));
        record(calls(endpoint(globex), 2));
        List<String> first = claimers(List.of());
        assertEquals(4, Collections.frequency(first, acme.toString()));
        assertEquals(2, Collections.frequency(first, globex.toString()));
        settleAll();
    }

    @Test
    void a_tenant_alone_leaves_a_quarter_free() {
        record(calls(endpoint(acme), 40));
        List<String> held = new ArrayList<>(claimers(List.of()));
        assertEquals(12, held.size());
        assertEquals(List.of(), claimers(held));
        record(calls(endpoint(globex), 40));
        assertEquals(Collections.nCopies(4, globex.toString()), claimers(held));
        settleAll();
    }

    @Test
    void two_replicas_together_give_no_tenant_more_than_a_quarter() {
        record(calls(endpoint(acme), 60));
        record(calls(endpoint(globex), 60));
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            one.addAll(claimers(one));
            other.addAll(claimers(other));
        }
        for (UUID org : List.of(acme, globex)) {
            assertEquals(4, Collections.frequency(one, org.toString()));
            assertEquals(4, Collections.frequency(other, org.toString()));
        }
        settleAll();
    }

    @Test
    void more_tenants_than_room_take_turns_by_age() {
        List<UUID> orgs = Stream.generate(UUID::randomUUID).limit(20).toList();
        for (UUID org : orgs) {
            record(calls(endpoint(org), 3));
        }
        List<String> claimed = claimers(List.of());
        assertEquals(CAPACITY, claimed.size());
        assertEquals(CAPACITY, claimed.stream().distinct().count());
        for (UUID org : orgs) {
            sql.as(
                    org,
                    "service",
                    "update processed_webhook_events set status = 'dead', lease = null, lease_until = null");
        }
    }

    @Test
    void tenants_that_are_left_out_have_nothing_claimed() {
        record(calls(endpoint(acme), 3));
        record(calls(endpoint(globex), 3));
        List<String> claimed =
                sql.query("select org_id from claim_webhook_events(16, 4, '{%s}', '{}', '{}', 16, 30)".formatted(acme));
        assertEquals(Collections.nCopies(3, globex.toString()), claimed);
        settleAll();
    }

    @Test
    void events_beyond_a_calls_limit_are_refused_until_some_are_done() {
        UUID endpoint = endpoint(acme);
        assertEquals(20, record(20, ofOneCall(endpoint, "c1", 0, 20)));
        assertEquals(0, record(20, ofOneCall(endpoint, "c1", 20, 21)));
        assertEquals(1, record(20, ofOneCall(endpoint, "c2", 0, 1)), "another call");
        assertEquals(1, record(20, new Row(endpoint, "bad", null, "ignored", "flawed")));
        assertEquals(List.of("c1:e0"), claim(1).stream().filter("c1:e0"::equals).toList());
        finish("c1:e0");
        assertEquals(1, record(20, ofOneCall(endpoint, "c1", 20, 21)));
        assertEquals(0, record(20, ofOneCall(endpoint, "c1", 21, 22)));
        settleAll();
    }

    @Test
    void the_queue_says_what_its_events_say() {
        UUID endpoint = endpoint(acme);
        record(ofOneCall(endpoint, "c1", 0, 5));
        record(new Row(endpoint, "none:a", null, "ignored", ""), new Row(endpoint, "c2:r", "c2", "added", "one"));
        record(new Row(endpoint, "c2:r", "c2", "added", "two"));
        record(new Row(endpoint, "c3:s", "c3", "replaced", "at 01Z"));
        record(new Row(endpoint, "c3:s", "c3", "replaced", "at 02Z"));
        record(new Row(endpoint, "c3:s", "c3", "replaced", "at 03Z"));
        assertQueueFits();
        List<String> claimed = claim(50);
        assertQueueFits();
        owe(acme, claimed.get(0));
        assertQueueFits();
        again(claimed.get(1), "interval '1 hour'");
        assertQueueFits();
        sql.as(
                acme,
                "service",
                "update processed_webhook_events set status = 'dead', lease = null, lease_until = null");
        assertQueueFits();
        assertEquals(List.of(), queue());
        sql.as(acme, "admin", WebhookEvents.REVIVE.replace("$1", "'" + acme + "'"));
        assertQueueFits();
        settleAll();
        assertEquals(List.of(), queue());
    }

    @Test
    void claims_take_arguments_only_within_bounds() {
        record(calls(endpoint(acme), 2));
        assertEquals(
                List.of(),
                sql.query("select event_id from claim_webhook_events(-5, -5, '{}', '{}', '{}', -1, 2147483647)"));
        sql.query("select event_id from claim_webhook_events(2147483647, 0, '{}', '{}', '{}', 2147483647, 2147483647)");
        assertEquals(
                List.of("t"),
                sql.as(
                        acme,
                        "admin",
                        "select bool_and(lease_until < now() + interval '301 seconds')"
                                + " from processed_webhook_events where status = 'running'"));
        settleAll();
    }

    private void assertQueueFits() {
        List<String> kept = queue();
        sql.asOwner(acme, "select rebuild_call_queue()");
        assertEquals(queue(), kept);
    }

    /** Without the next event of a call of which one runs: claims do not look at it. */
    private List<String> queue() {
        return sql.asOwner(acme, """
                select concat_ws(' ', q.call_key, q.event_id, q.pending, case when r.running then null else q.owed end,
                    case when r.running then null else q.due_at end)
                from call_queue q cross join lateral (
                    select exists (
                        select from processed_webhook_events e where e.org_id = q.org_id and e.provider = q.provider
                            and e.status = 'running' and q.call_key in (e.call_key, e.id::text)) as running) r
                where q.org_id = '%s' order by q.call_key""".formatted(acme));
    }

    private static List<String> claimers(List<String> held) {
        int room = CAPACITY - held.size();
        return sql.query("select org_id from claim_webhook_events(%d, %d, '{}', '{}', '{%s}', %d, 30)"
                .formatted(room, room / 4, String.join(",", held), CAPACITY));
    }

    private void settleAll() {
        for (UUID org : List.of(acme, globex)) {
            sql.as(
                    org,
                    "service",
                    "update processed_webhook_events set status = 'dead', lease = null, lease_until = null"
                            + " where status in ('pending', 'running')");
        }
        assertTrue(claim(50).isEmpty());
    }

    private static Row[] calls(UUID endpoint, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Row(endpoint, "call" + n + ":a", "call" + n, "ignored", ""))
                .toArray(Row[]::new);
    }

    private static Row[] ofOneCall(UUID endpoint, String call, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> new Row(endpoint, call + ":e" + n, call, "ignored", ""))
                .toArray(Row[]::new);
    }
}
