package io.switchboard.audit.log;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SampleEvents;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LogFilterTest {
    final Caller acme = Caller.adminOfNewOrg();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actorId=hidden-actor",
                "actorType=client",
                "action=login",
                "resourceType=sessions",
                "resourceId=hidden-resource",
                "outcome=failure",
                "requestId=hidden-request",
                "from=2031-01-01T00:00:00Z",
                "q=NEEDLE",
                "q=edle w",
                "q=100%_",
                "action=login&outcome=failure&actorType=client&q=needle&actorId=hidden-actor",
                "from=2031-01-01T00:00:00Z&to=2031-01-01T00:00:01Z",
                "service=crm-service&resourceType=sessions",
            })
    void a_filter_finds_what_it_names(String filter) {
        var wanted = SampleEvents.event(
                acme.orgId(),
                "actorId",
                "hidden-actor",
                "actorType",
                "client",
                "action",
                "login",
                "resourceType",
                "sessions",
                "resourceId",
                "hidden-resource",
                "outcome",
                "failure",
                "requestId",
                "hidden-request",
                "occurredAt",
                "2031-01-01T00:00:00Z",
                "newData",
                Map.of("text", "a needle w 100%_ sure"));
        SampleEvents.post(SampleEvents.event(acme.orgId()), wanted, SampleEvents.event(acme.orgId()));
        acme.get("/api/audit/logs?" + filter)
                .then()
                .statusCode(200)
                .body("items.id", contains(wanted.get("id")))
                .body("nextCursor", nullValue());
    }

    @Test
    void what_lies_before_a_moment_ends_there() {
        var old = SampleEvents.event(acme.orgId(), "occurredAt", "2024-01-01T00:00:00Z");
        SampleEvents.post(old, SampleEvents.event(acme.orgId(), "occurredAt", "2024-01-01T00:00:01Z"));
        acme.get("/api/audit/logs?to=2024-01-01T00:00:01Z").then().body("items.id", contains(old.get("id")));
        for (var spelled :
                List.of("2024-01-01T02:00:01+02:00", "2024-01-01T02:00:01%200200", "2024-01-01%2000:00:01Z")) {
            acme.request()
                    .urlEncodingEnabled(false)
                    .get("/api/audit/logs?to=" + spelled)
                    .then()
                    .body("items.id", contains(old.get("id")));
        }
    }

    @Test
    void a_rare_find_behind_many_others_is_reached_page_by_page() {
        var rare = SampleEvents.event(acme.orgId(), "occurredAt", "2020-01-01T00:00:00Z", "resourceType", "rarities");
        SampleEvents.post(rare);
        for (int i = 0; i < 5; i++) {
            SampleEvents.record(IntStream.range(0, 500)
                    .mapToObj(n -> SampleEvents.event(acme.orgId(), "newData", null))
                    .toList());
        }
        var first = acme.get("/api/audit/logs?resourceType=rarities");
        first.then().body("items", empty()).body("nextCursor", notNullValue());
        acme.get("/api/audit/logs?resourceType=rarities&cursor=" + first.path("nextCursor"))
                .then()
                .body("items.id", contains(rare.get("id")))
                .body("nextCursor", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=yesterday",
                "to=7",
                "orgId=acme",
                "limit=0",
                "limit=201",
                "cursor=x",
                "q=\0",
                "action=a\0",
                "from=+999999999-01-01T00:00:00Z",
                "to=-200000-01-01T00:00:00Z",
                "to=+294277-01-01T00:00:00Z",
                "from=2026-06-01T00:00:00",
                "action=login&action=logout",
                "orgId=1-1-1-1-1"
            })
    void a_filter_that_cannot_be_read_is_a_bad_request(String filter) {
        acme.get("/api/audit/logs?" + filter).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void a_cursor_that_no_list_gave_out_is_a_bad_request() {
        var cursor = new Cursor("+999999999-01-01T00:00:00Z", UUID.randomUUID()).encoded();
        acme.get("/api/audit/logs?cursor=" + cursor).then().statusCode(400).body("type", endsWith("invalid_cursor"));
    }
}
