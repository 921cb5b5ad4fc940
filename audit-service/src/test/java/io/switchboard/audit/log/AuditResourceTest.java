package io.switchboard.audit.log;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SampleEvents;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AuditResourceTest {
    final Caller acme = Caller.adminOfNewOrg();
    final Caller globex = Caller.adminOfNewOrg();
    final Caller operator = Caller.of("platform_admin", UUID.randomUUID());

    @Test
    void a_record_shows_what_was_told_and_when_it_was_recorded() {
        var event = SampleEvents.event(
                acme.orgId(),
                "occurredAt",
                "2026-03-04T05:06:07.123456Z",
                "action",
                "update",
                "oldData",
                Map.of("name", "Ada", "tags", List.of(1, "two")),
                "newData",
                Map.of("name", "Ada L"),
                "ipAddress",
                "2001:db8::1",
                "userAgent",
                "curl/8");
        SampleEvents.post(event);
        acme.get("/api/audit/logs/" + event.get("id"))
                .then()
                .statusCode(200)
                .body("id", is(event.get("id")))
                .body("orgId", is(acme.orgId().toString()))
                .body("occurredAt", is("2026-03-04T05:06:07.123456Z"))
                .body("recordedAt", notNullValue())
                .body("actorId", is(event.get("actorId")))
                .body("actorType", is("user"))
                .body("action", is("update"))
                .body("resourceType", is("contacts"))
                .body("resourceId", is(event.get("resourceId")))
                .body("service", is("crm-service"))
                .body("oldData.tags", contains(1, "two"))
                .body("newData.name", is("Ada L"))
                .body("ipAddress", is("2001:db8::1"))
                .body("userAgent", is("curl/8"))
                .body("requestId", is(event.get("requestId")))
                .body("outcome", is("success"));
    }

    @Test
    void the_log_pages_by_keyset_newest_first() {
        var events = new ArrayList<Map<String, Object>>();
        var start = Instant.parse("2026-05-01T00:00:00Z");
        // Some at the same moment: the id decides.
        IntStream.range(0, 25)
                .forEach(i -> events.add(SampleEvents.event(
                        acme.orgId(), "occurredAt", start.plusSeconds(i / 3).toString(), "action", "n" + i)));
        Collections.shuffle(events);
        SampleEvents.record(events);
        var seen = new ArrayList<String>();
        var times = new ArrayList<String>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            var answer = acme.get("/api/audit/logs?resourceType=contacts&limit=10&cursor=" + cursor);
            answer.then().statusCode(200).body("items", hasSize(page < 2 ? 10 : 5));
            seen.addAll(answer.path("items.action"));
            times.addAll(answer.path("items.occurredAt"));
            cursor = answer.path("nextCursor");
        }
        assertEquals(null, cursor);
        assertEquals(25, new HashSet<>(seen).size());
        var sorted = new ArrayList<>(times);
        sorted.sort(Collections.reverseOrder());
        assertEquals(sorted, times);
    }

    @Test
    void the_plain_log_pages_too() {
        SampleEvents.record(IntStream.range(0, 7)
                .mapToObj(i -> SampleEvents.event(acme.orgId()))
                .toList());
        var first = acme.get("/api/audit/logs?limit=4&to=" + Instant.now());
        first.then().body("items", hasSize(4));
        acme.get("/api/audit/logs?limit=4&resourceType=contacts&cursor=" + first.path("nextCursor"))
                .then()
                .body("items", hasSize(3))
                .body("nextCursor", nullValue());
    }

    @Test
    void the_history_of_a_record_says_what_changed() {
        var id = UUID.randomUUID().toString();
        SampleEvents.post(
                SampleEvents.event(
                        acme.orgId(),
                        "resourceId",
                        id,
                        "occurredAt",
                        "2026-06-01T00:00:00.000001Z",
                        "newData",
                        Map.of("name", "Ada", "phone", "+4930123456")),
                SampleEvents.event(
                        acme.orgId(),
                        "resourceId",
                        id,
                        "occurredAt",
                        "2026-06-01T00:00:00.000002Z",
                        "action",
                        "update",
                        "oldData",
                        Map.of("name", "Ada", "same", 1),
                        "newData",
                        Map.of("name", "Ada L", "same", 1)),
                SampleEvents.event(
                        acme.orgId(),
                        "resourceId",
                        id,
                        "occurredAt",
                        "2026-06-01T00:00:00.000003Z",
                        "action",
                        "delete",
                        "oldData",
                        Map.of("name", "Ada L"),
                        "newData",
                        null),
                SampleEvents.event(acme.orgId(), "resourceId", id, "resourceType", "teams"));
        acme.get("/api/audit/logs/resource/contacts/" + id)
                .then()
                .statusCode(200)
                .body("items.action", contains("delete", "update", "create"))
                .body("items[0].changes", is(Map.of("name", change("Ada L", null))))
                .body("items[1].changes", is(Map.of("name", change("Ada", "Ada L"))))
                .body("items[2].changes.name.new", is("Ada"))
                .body("items[2].changes.phone.old", nullValue())
                .body("nextCursor", nullValue());
        var first = acme.get("/api/audit/logs/resource/contacts/" + id + "?limit=2");
        acme.get("/api/audit/logs/resource/contacts/" + id + "?limit=2&cursor=" + first.path("nextCursor"))
                .then()
                .body("items.action", contains("create"));
    }

    @Test
    void another_organization_sees_nothing() {
        var event = SampleEvents.event(acme.orgId());
        SampleEvents.post(event);
        var history = "/api/audit/logs/resource/contacts/" + event.get("resourceId");
        globex.get("/api/audit/logs").then().body("items", empty());
        globex.get("/api/audit/logs?orgId=" + acme.orgId()).then().body("items", empty());
        globex.get("/api/audit/logs?resourceId=" + event.get("resourceId"))
                .then()
                .body("items", empty());
        var foreign = globex.get("/api/audit/logs/" + event.get("id"));
        var missing = globex.get("/api/audit/logs/" + UUID.randomUUID());
        foreign.then().statusCode(404).body("type", endsWith("audit_log_not_found"));
        assertEquals(missing.<String>path("detail"), foreign.path("detail"));
        globex.get(history).then().statusCode(404).body("type", endsWith("history_not_found"));
        acme.get(history).then().statusCode(200);
    }

    @Test
    void an_operator_sees_every_organization() {
        var mine = SampleEvents.event(acme.orgId(), "occurredAt", "2032-01-01T00:00:00Z");
        var theirs = SampleEvents.event(globex.orgId(), "occurredAt", "2032-01-01T00:00:00Z");
        SampleEvents.post(mine, theirs);
        operator.get("/api/audit/logs?from=2032-01-01T00:00:00Z&limit=200")
                .then()
                .body("items.id", hasItem(mine.get("id")))
                .body("items.id", hasItem(theirs.get("id")));
        operator.get("/api/audit/logs?actorId=" + mine.get("actorId") + "&from=2032-01-01T00:00:00Z")
                .then()
                .body("items.id", contains(mine.get("id")));
        operator.get("/api/audit/logs?orgId=" + globex.orgId()).then().body("items.id", contains(theirs.get("id")));
        operator.get("/api/audit/logs/" + theirs.get("id")).then().statusCode(200);
        operator.get("/api/audit/logs/resource/contacts/" + mine.get("resourceId"))
                .then()
                .statusCode(200)
                .body("items.id", contains(mine.get("id")));
        operator.get("/api/audit/logs/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void reading_the_log_is_itself_logged() {
        var event = SampleEvents.event(acme.orgId());
        SampleEvents.post(event);
        acme.get("/api/audit/logs?action=create");
        acme.get("/api/audit/logs/" + event.get("id"));
        acme.get("/api/audit/logs/" + UUID.randomUUID());
        acme.get("/api/audit/logs/resource/contacts/" + event.get("resourceId"));
        acme.get("/api/audit/logs?action=read")
                .then()
                .body("items", hasSize(4))
                .body("items.resourceType", not(hasItem(not("audit_logs"))))
                .body("items.actorId", not(hasItem(not(acme.id().toString()))))
                .body("items.service", not(hasItem(not("audit-service"))))
                .body("items.outcome", containsInAnyOrder("success", "success", "failure", "success"))
                .body("items.ipAddress", hasItem("127.0.0.1"))
                .body("items[3].newData.action", is("create"))
                .body("items[3].newData.found", is(1))
                .body("items[0].newData.resourceId", is(event.get("resourceId")));
    }

    private static Map<String, Object> change(Object before, Object after) {
        var change = new java.util.HashMap<String, Object>();
        change.put("old", before);
        change.put("new", after);
        return change;
    }
}
