package io.switchboard.audit.feed;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.audit.SampleEvents;
import io.switchboard.audit.SealedLog;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class FeedTest {
    private static final String FEED = "/api/audit/feed";

    final Caller acme = Caller.adminOfNewOrg();

    @Test
    void each_record_comes_once_from_any_sequence_over_five_reconnects() {
        SealedLog.create(acme.orgId(), 700);
        var random = new Random(5);
        for (int round = 0; round < 5; round++) {
            long start = random.nextInt(700);
            long after = start;
            var seen = new ArrayList<Long>();
            for (int connection = 0; connection <= 5; connection++) {
                // A connection that breaks gives a part of its lines.
                var lines = sequences(acme.get(FEED + "?limit=200&after=" + after));
                int received = connection == 5 ? lines.size() : random.nextInt(lines.size() + 1);
                seen.addAll(lines.subList(0, received));
                after = seen.isEmpty() ? start : seen.get(seen.size() - 1);
            }
            for (var more = List.of(0L); !more.isEmpty(); ) {
                more = sequences(acme.get(FEED + "?limit=1000&after=" + after));
                seen.addAll(more);
                after = seen.isEmpty() ? start : seen.get(seen.size() - 1);
            }
            assertEquals(
                    LongStream.rangeClosed(start + 1, start + seen.size())
                            .boxed()
                            .toList(),
                    seen);
            assertTrue(start + seen.size() >= 699, "ended at " + after);
        }
    }

    @Test
    void a_feed_shows_what_the_list_shows() {
        var events = SealedLog.create(acme.orgId(), 3);
        var feed = acme.request().accept("application/json").get(FEED + "?limit=2");
        feed.then()
                .statusCode(200)
                .body(
                        "items.id",
                        is(List.of(events.get(0).get("id"), events.get(1).get("id"))))
                .body("items.sequence", is(List.of(0, 1)))
                .body("next", is(1));
        assertEquals(
                new JsonObject(
                        acme.get("/api/audit/logs/" + events.get(1).get("id")).asString()),
                new JsonObject(feed.asString()).getJsonArray("items").getJsonObject(1));
        acme.request()
                .accept("application/json")
                .get(FEED + "?after=1&limit=1")
                .then()
                .body("items.id", is(List.of(events.get(2).get("id"))))
                .body("next", is(2));
    }

    @Test
    void an_empty_feed_says_where_to_go_on() {
        acme.request()
                .accept("application/json")
                .get(FEED)
                .then()
                .statusCode(200)
                .body("items", empty())
                .body("next", nullValue());
        acme.get(FEED + "?after=41")
                .then()
                .statusCode(200)
                .contentType(startsWith("application/x-ndjson"))
                .body(is(""));
        acme.request().accept("application/json").get(FEED + "?after=41").then().body("next", is(41));
    }

    @Test
    void records_that_are_gone_do_not_end_the_feed() {
        var events = SealedLog.create(acme.orgId(), 30);
        var gone = events.subList(3, 21).stream()
                .map(event -> "'" + event.get("id") + "'")
                .collect(Collectors.joining(", "));
        Sql.superuser().withoutTriggers().run("delete from audit_logs where id in (" + gone + ")");
        assertEquals(List.of(21L), sequences(acme.get(FEED + "?after=2&limit=1")));
        assertEquals(List.of(1L, 2L), sequences(acme.get(FEED + "?after=0&limit=10")));
        acme.request()
                .accept("application/json")
                .get(FEED + "?after=4&limit=3")
                .then()
                .body("items.sequence", is(List.of(21, 22, 23)))
                .body("next", is(23));
    }

    @Test
    void a_block_that_is_gone_is_not_the_end_of_the_feed() {
        SealedLog.create(acme.orgId(), 5);
        Sql.superuser().withoutTriggers().run("delete from blocks where org_id = '" + acme.orgId() + "'");
        acme.get(FEED).then().statusCode(409).body("type", endsWith("tree_broken"));
    }

    @Test
    void a_client_may_wait_for_the_next_record() {
        var answer =
                CompletableFuture.supplyAsync(() -> acme.get(FEED + "?wait=20").asString());
        SampleEvents.post(SampleEvents.event(acme.orgId()));
        assertThatOneLine(answer.join());
    }

    @Test
    void reading_the_feed_is_recorded_but_not_for_ever() {
        SealedLog.create(acme.orgId(), 1);
        acme.get(FEED);
        SealedLog.awaitSealed(acme.orgId());
        acme.get(FEED + "?after=0"); // shows how it was read before
        acme.get("/api/audit/logs?action=read&limit=5")
                .then()
                .body("items", hasSize(1))
                .body("items[0].newData.feed", is(true))
                .body("items[0].newData.found", is(1));
    }

    @Test
    void an_operator_names_the_organization_and_others_do_not() {
        SealedLog.create(acme.orgId(), 1);
        var operator = Caller.of("platform_admin", UUID.randomUUID());
        assertEquals(List.of(0L), sequences(operator.get(FEED + "?orgId=" + acme.orgId())));
        Caller.adminOfNewOrg()
                .get(FEED + "?orgId=" + acme.orgId())
                .then()
                .statusCode(404)
                .body("type", containsString("organization_not_found"));
        assertEquals(
                List.of(0L), sequences(Caller.accessKey("admin", acme.orgId()).get(FEED)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=-1",
                "after=x",
                "after=1.5",
                "after=9999999999999999",
                "wait=21",
                "wait=-1",
                "limit=0",
                "limit=1001"
            })
    void bounds_are_told(String query) {
        acme.get(FEED + "?" + query)
                .then()
                .statusCode(400)
                .body("type", endsWith(query.startsWith("limit") ? "invalid_limit" : "invalid_filter"));
    }

    private static List<Long> sequences(Response answer) {
        answer.then().statusCode(200);
        return answer.asString()
                .lines()
                .map(line -> new JsonObject(line).getLong("sequence"))
                .toList();
    }

    private static void assertThatOneLine(String text) {
        assertEquals(1, text.lines().count(), text);
    }
}
