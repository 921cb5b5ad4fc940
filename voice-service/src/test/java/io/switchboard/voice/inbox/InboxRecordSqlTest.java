package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What comes in, once. */
class InboxRecordSqlTest extends InboxSqlCase {
    @Test
    void an_endpoint_is_found_by_its_id_and_gone_with_its_row() {
        UUID endpoint = endpoint(acme);
        assertEquals(
                List.of(acme.toString()), sql.query("select org_id from resolve_webhook_endpoint('" + endpoint + "')"));
        sql.as(acme, "admin", "delete from webhook_endpoints where id = '" + endpoint + "'");
        assertEquals(List.of(), sql.query("select org_id from resolve_webhook_endpoint('" + endpoint + "')"));
    }

    @Test
    void a_batch_is_of_several_tenants_and_each_sees_its_own() {
        UUID ours = endpoint(acme);
        UUID theirs = endpoint(globex);
        assertEquals(
                2, record(new Row(ours, "c1:x", "c1", "ignored", "a"), new Row(theirs, "c1:x", "c1", "ignored", "a")));
        assertEquals(0, record(new Row(ours, "c1:x", "c1", "ignored", "b")));
        assertEquals(0, record(new Row(UUID.randomUUID(), "c1:x", "c1", "ignored", "b")), "no such endpoint");
        assertEquals(List.of("c1:x"), events(acme));
        assertEquals(List.of("c1:x"), events(globex));
        assertEquals(List.of(), sql.as(acme, "agent", "select event_id from processed_webhook_events"));
        assertEquals(List.of(), events(UUID.randomUUID()));
        settle(2);
    }

    @Test
    void the_same_event_twice_in_one_batch_is_one() {
        UUID endpoint = endpoint(acme);
        assertEquals(
                1,
                record(new Row(endpoint, "c:x", "c", "ignored", "a"), new Row(endpoint, "c:x", "c", "ignored", "b")));
        settle(1);
    }

    @Test
    void other_bytes_of_a_report_are_kept_beside_it_once() {
        UUID endpoint = endpoint(acme);
        for (String body : List.of("a", "a", "b", "a", "b", "c")) {
            record(new Row(endpoint, "c:report", "c", "added", body));
        }
        record(new Row(endpoint, "c:report", "c", "added", "c"), new Row(endpoint, "c:report", "c", "added", "d"));
        assertEquals(
                List.of("c:report 1 a", "c:report:2 2 b", "c:report:3 3 c", "c:report:4 4 d"),
                sql.as(
                        acme,
                        "admin",
                        "select event_id || ' ' || revision || ' ' || convert_from(body, 'UTF8')"
                                + " from processed_webhook_events order by 1"));
        settle(4);
    }

    @Test
    void of_conversations_the_latest_stands_beside_the_first() {
        UUID endpoint = endpoint(acme);
        for (String at : List.of("10", "30", "20", "30", "40")) {
            record(new Row(endpoint, "c:talk", "c", "replaced", "at " + at));
        }
        String all = "select event_id || ' ' || convert_from(body, 'UTF8') || ' ' || status"
                + " from processed_webhook_events order by 1";
        assertEquals(List.of("c:talk at 10 pending", "c:talk:2 at 40 pending"), sql.as(acme, "admin", all));
        settle(2);
        assertEquals(1, record(new Row(endpoint, "c:talk", "c", "replaced", "at 50")));
        assertEquals(List.of("c:talk at 10 done", "c:talk:2 at 50 pending"), sql.as(acme, "admin", all));
        settle(1);
    }

    @Test
    void a_malformed_event_is_dead_from_the_start() {
        record(new Row(endpoint(acme), "malformed:1", null, "ignored", "flawed"));
        assertEquals(
                List.of("dead: not JSON"),
                sql.as(acme, "admin", "select status || ': ' || error from processed_webhook_events"));
        assertEquals(List.of(), claim(10));
    }

    @Test
    void events_of_one_delivery_share_its_body() {
        UUID endpoint = endpoint(acme);
        UUID delivery = UUID.randomUUID();
        assertEquals(
                3,
                record(
                        new Row(endpoint, "c:tool:1", "c", "ignored", "tools", delivery),
                        new Row(endpoint, "c:tool:2", "c", "ignored", "tools", delivery),
                        new Row(endpoint, "c:x", "c", "ignored", "own")));
        assertEquals(
                List.of("c:tool:1 shared", "c:tool:2 shared", "c:x own"),
                sql.as(
                        acme,
                        "admin",
                        "select event_id || ' ' || coalesce(convert_from(body, 'UTF8'), 'shared')"
                                + " from processed_webhook_events order by 1"));
        assertEquals(List.of("tools"), bodies(acme));
        assertEquals(List.of(), bodies(globex));
        settle(3);
    }

    @Test
    void a_repeated_delivery_stores_no_second_body() {
        UUID endpoint = endpoint(acme);
        for (int i = 0; i < 3; i++) {
            UUID delivery = UUID.randomUUID();
            record(
                    new Row(endpoint, "c:tool:1", "c", "ignored", "tools", delivery),
                    new Row(endpoint, "c:tool:2", "c", "ignored", "tools", delivery));
        }
        assertEquals(List.of("tools"), bodies(acme));
        record(
                new Row(endpoint, "c:tool:2", "c", "ignored", "more", acme),
                new Row(endpoint, "c:tool:3", "c", "ignored", "more", acme));
        assertEquals(List.of("more", "tools"), bodies(acme), "one of its events is new");
        settle(3);
    }

    private static List<String> bodies(UUID org) {
        return sql.as(org, "admin", "select convert_from(body, 'UTF8') from webhook_deliveries order by 1");
    }
}
