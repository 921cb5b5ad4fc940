package io.switchboard.audit.event;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SampleEvents;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class EventResourceTest {
    final Caller acme = Caller.adminOfNewOrg();
    final Caller globex = Caller.adminOfNewOrg();

    @Test
    void a_batch_may_hold_the_events_of_several_organizations() {
        SampleEvents.post(
                        SampleEvents.event(acme.orgId()),
                        SampleEvents.event(globex.orgId()),
                        SampleEvents.event(acme.orgId()))
                .then()
                .statusCode(200)
                .body("accepted", is(3), "duplicates", is(0), "rejected", empty());
        acme.get("/api/audit/logs").then().body("items", hasSize(2));
        globex.get("/api/audit/logs").then().body("items", hasSize(1));
    }

    @Test
    void what_is_sent_again_is_a_duplicate() {
        var event = SampleEvents.event(acme.orgId(), "oldData", Map.of("n", 1.5, "deep", List.of(Map.of("a", true))));
        SampleEvents.post(event, event).then().body("accepted", is(1), "duplicates", is(1), "rejected", empty());
        SampleEvents.post(event).then().body("accepted", is(0), "duplicates", is(1), "rejected", empty());
        acme.get("/api/audit/logs").then().body("items", hasSize(1));
    }

    @Test
    void another_body_under_a_known_id_is_rejected_and_changes_nothing() {
        var event = SampleEvents.event(acme.orgId(), "resourceType", "contacts");
        var changed = new HashMap<>(event);
        changed.put("newData", Map.of("name", "Eve"));
        SampleEvents.post(event).then().body("accepted", is(1));
        SampleEvents.post(SampleEvents.event(acme.orgId()), changed)
                .then()
                .statusCode(200)
                .body("accepted", is(1), "duplicates", is(0))
                .body("rejected.index", contains(1))
                .body("rejected[0].reason", containsString("another event"));
        acme.get("/api/audit/logs/" + event.get("id")).then().body("newData.name", is("Ada"));
    }

    @Test
    void of_two_bodies_under_one_new_id_the_first_counts() {
        var event = SampleEvents.event(acme.orgId());
        var changed = new HashMap<>(event);
        changed.put("action", "update");
        SampleEvents.post(event, changed).then().body("accepted", is(1)).body("rejected.index", contains(1));
        acme.get("/api/audit/logs/" + event.get("id")).then().body("action", is("create"));
    }

    @Test
    void fifty_services_sending_overlapping_batches_at_once_record_each_event_once() throws Exception {
        var events = new ArrayList<Map<String, Object>>();
        IntStream.range(0, 300)
                .forEach(i -> events.add(SampleEvents.event(i % 2 == 0 ? acme.orgId() : globex.orgId())));
        var posts = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 50; i++) {
            var batch = new ArrayList<>(events.subList((i % 5) * 50, (i % 5) * 50 + 100));
            Collections.shuffle(batch, new Random(i));
            posts.add(() -> {
                var answer = SampleEvents.post(batch.toArray());
                while (answer.statusCode() == 503) {
                    answer = SampleEvents.post(batch.toArray());
                }
                assertEquals(200, answer.statusCode());
                assertEquals(100, answer.<Integer>path("accepted") + answer.<Integer>path("duplicates"));
                return answer.path("accepted");
            });
        }
        var callers = Executors.newFixedThreadPool(50);
        int accepted = 0;
        for (var post : callers.invokeAll(posts)) {
            accepted += post.get();
        }
        callers.shutdown();
        assertEquals(300, accepted);
        assertEquals(
                300,
                Sql.superuser()
                        .number(
                                "select count(*) from audit_logs where service = 'crm-service' and org_id in ('%s', '%s')"
                                        .formatted(acme.orgId(), globex.orgId())));
    }

    @Test
    void bad_events_are_rejected_by_index_and_do_not_sink_the_rest() {
        var org = acme.orgId();
        var deep = IntStream.range(0, 60).boxed().<Object>reduce("x", (inner, i) -> List.of(inner), (a, b) -> a);
        SampleEvents.post(
                        SampleEvents.event(org),
                        SampleEvents.event(org, "orgId", null),
                        SampleEvents.event(org, "id", "1-1-1-1-1"),
                        SampleEvents.event(org, "occurredAt", "yesterday"),
                        SampleEvents.event(org, "occurredAt", "+99999-01-01T00:00:00Z"),
                        SampleEvents.event(org, "actorType", "robot"),
                        SampleEvents.event(org, "action", 7),
                        SampleEvents.event(org, "newData", "text"),
                        SampleEvents.event(org, "outcome", Map.of()),
                        SampleEvents.event(org, "hacked", true),
                        SampleEvents.event(org, "resourceId", "x".repeat(401)),
                        SampleEvents.event(org, "oldData", Map.of("deep", deep)),
                        "text",
                        null,
                        List.of(SampleEvents.event(org)),
                        SampleEvents.event(org))
                .then()
                .statusCode(200)
                .body("accepted", is(2), "duplicates", is(0))
                .body("rejected.index", equalTo(IntStream.range(1, 15).boxed().toList()))
                .body("rejected[0].reason", is("orgId: is missing"))
                .body("rejected[1].reason", is("id: must be a UUID"))
                .body("rejected[2].reason", is("occurredAt: must be an RFC 3339 time"))
                .body("rejected[4].reason", containsString("actorType: must be one of"))
                .body("rejected[8].reason", is("hacked: is an unknown field"))
                .body("rejected[11].reason", is("must be an object"));
    }

    @Test
    void numbers_that_the_database_has_no_room_for_are_rejected() {
        var plain = io.vertx.core.json.Json.encode(SampleEvents.event(acme.orgId(), "newData", Map.of("n", 42)));
        var events = "[%s,%s,%s]"
                .formatted(
                        plain.replace("42}", "1e999999" + "}"),
                        plain.replace("42}", "" + "9".repeat(1500) + "}"),
                        plain.replace("42}", "12345678901234567890.123456789e-3" + "}"));
        SampleEvents.CRM
                .request()
                .body(events)
                .post("/api/audit/events")
                .then()
                .statusCode(200)
                .body("accepted", is(1))
                .body("rejected.index", contains(0, 1));
    }

    /** The database writes them without exponents: 300 times 1,000 characters. */
    @Test
    void numbers_that_become_long_when_they_are_written_out_are_rejected() {
        var plain = io.vertx.core.json.Json.encode(SampleEvents.event(acme.orgId(), "newData", Map.of("n", 42)));
        var events = "[%s,%s,%s]"
                .formatted(
                        plain.replace("42}", Collections.nCopies(300, "1e999") + "}"),
                        plain.replace("42}", Collections.nCopies(300, "1.5E-999") + "}"),
                        plain.replace("42}", Collections.nCopies(300, "1.5e+99") + "}"));
        SampleEvents.CRM
                .request()
                .body(events)
                .post("/api/audit/events")
                .then()
                .statusCode(200)
                .body("rejected.index", contains(0, 1))
                .body("rejected.reason", everyItem(is("holds numbers that are too long when they are written out")));
    }

    @Test
    void a_service_speaks_for_itself_only() {
        SampleEvents.post(SampleEvents.event(acme.orgId(), "service", "auth-service"), SampleEvents.event(acme.orgId()))
                .then()
                .statusCode(200)
                .body("accepted", is(1))
                .body("rejected.index", contains(0))
                .body("rejected[0].reason", is("service: is not the sender"));
        Caller.service("auth-service", null)
                .post("/api/audit/events", List.of(SampleEvents.event(acme.orgId(), "service", "auth-service")))
                .then()
                .body("accepted", is(1));
    }

    @Test
    void people_and_strange_services_may_not_record() {
        var events = List.of(SampleEvents.event(acme.orgId()));
        acme.post("/api/audit/events", events).then().statusCode(403);
        acme.colleague("platform_admin")
                .post("/api/audit/events", events)
                .then()
                .statusCode(403);
        acme.colleague("client").post("/api/audit/events", events).then().statusCode(403);
        Caller.service("billing-service", UUID.randomUUID())
                .post("/api/audit/events", events)
                .then()
                .statusCode(403);
    }

    @Test
    void characters_that_the_database_refuses_become_replacements() {
        var event = io.vertx.core.json.Json.encode(SampleEvents.event(
                        acme.orgId(), "userAgent", "NUL", "newData", Map.of("NUL", List.of("NUL", "😀"))))
                .replace("NUL", "a\\u0000b\\ud800c");
        SampleEvents.CRM
                .request()
                .body("[" + event + "]")
                .post("/api/audit/events")
                .then()
                .body("accepted", is(1));
        acme.get("/api/audit/logs")
                .then()
                .body("items[0].userAgent", is("a\uFFFDb\uFFFDc"))
                .body("items[0].newData.'a\uFFFDb\uFFFDc'", contains("a\uFFFDb\uFFFDc", "😀"));
    }

    @Test
    void a_lone_surrogate_anywhere_costs_its_own_event_at_most() {
        var event = io.vertx.core.json.Json.encode(SampleEvents.event(acme.orgId()));
        var other = io.vertx.core.json.Json.encode(SampleEvents.event(acme.orgId()));
        var events = "[%s,%s,%s,%s]"
                .formatted(
                        event.replace("\"name\"", "\"\\uD83D\\ude00\\udc00\\ud800\""),
                        event.replace("\"action\"", "\"\\udfff\":1,\"action\""),
                        event.replace("\"newData\"", "\"\\ud800\\u0001\""),
                        other);
        SampleEvents.CRM
                .request()
                .body(events)
                .post("/api/audit/events")
                .then()
                .statusCode(200)
                .body("accepted", is(2))
                .body("rejected.index", contains(1, 2))
                .body("rejected[0].reason", is("\uFFFD: is an unknown field"));
    }

    @Test
    void a_batch_may_be_empty() {
        SampleEvents.post().then().statusCode(200).body("accepted", is(0), "rejected", empty());
    }
}
