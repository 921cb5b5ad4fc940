package io.switchboard.voice.inbox;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class WebhookEventsTest {
    private static final String EVENTS = "/api/webhook-events";

    private final Caller acme = Caller.adminOfNewOrg();

    @Test
    void events_are_paged_newest_first_whatever_is_asked_for() {
        var vapi = Front.of(acme, "vapi");
        var twilio = Front.of(acme, "twilio");
        var names = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            var front = i % 3 == 0 ? twilio : vapi;
            insert(front, "event-" + i, i % 2 == 0 ? "dead" : "done");
            names.add(0, "event-" + i);
        }
        assertEquals(names, paged(""));
        assertEquals(List.of("event-6", "event-4", "event-2", "event-0"), paged("&status=dead"));
        assertEquals(List.of("event-6", "event-3", "event-0"), paged("&provider=twilio"));
        assertEquals(List.of("event-5", "event-1"), paged("&provider=vapi&status=done"));
        assertEquals(List.of(), paged("&status=pending"));
        insert(vapi, "event-7", "pending");
        insert(vapi, "event-8", "done");
        assertEquals(
                List.of("event-8", "event-7", "event-5", "event-4", "event-2", "event-1"), paged("&provider=vapi"));
        assertEquals(List.of("event-7"), paged("&provider=vapi&status=pending"));
    }

    @Test
    void a_single_event_has_the_body_that_was_received() {
        var front = Front.of(acme, "vapi");
        var call = SampleCall.create();
        front.vapi(call.vapi("tool-calls-parallel-string-arguments")).then().statusCode(200);
        front.vapi("\ud83d\ude00 \0 no JSON").then().statusCode(200);
        var ids = acme.get(EVENTS).<List<String>>path("items.id");
        acme.get(EVENTS + "/" + ids.get(0))
                .then()
                .statusCode(200)
                .body("body", is("\ud83d\ude00 \0 no JSON"))
                .body("status", is("dead"))
                .body("$", not(hasKey("bodyBase64")));
        for (var id : ids.subList(1, ids.size())) {
            acme.get(EVENTS + "/" + id)
                    .then()
                    .statusCode(200)
                    .body("body", is(call.vapi("tool-calls-parallel-string-arguments")));
        }
        acme.get(EVENTS).then().body("items[0]", not(hasKey("body")));
    }

    @Test
    void bytes_that_are_not_utf_8_are_shown_in_base64() {
        var front = Front.of(acme, "vapi");
        var bytes = new byte[] {'{', (byte) 0xff, (byte) 0xc3, '}'};
        given().header("X-Vapi-Secret", front.secret())
                .contentType("application/json")
                .body(bytes)
                .post(front.path())
                .then()
                .statusCode(200);
        acme.get(EVENTS + "/" + acme.get(EVENTS).path("items[0].id"))
                .then()
                .body("bodyBase64", is(Base64.getEncoder().encodeToString(bytes)))
                .body("$", not(hasKey("body")));
    }

    @Test
    void a_large_body_is_shown_whole() {
        var front = Front.of(acme, "vapi");
        var body = SampleCall.create().vapi("hang");
        var large = body + " ".repeat(300_000);
        front.vapi(large).then().statusCode(200);
        var shown = acme.get(EVENTS + "/" + acme.get(EVENTS).path("items[0].id"));
        assertEquals(large, shown.path("body"));
    }

    @Test
    void what_is_no_filter_is_refused() {
        acme.get(EVENTS + "?status=lost").then().statusCode(400).body("errors.field", contains("status"));
        acme.get(EVENTS + "?provider=acme").then().statusCode(400).body("errors.field", contains("provider"));
        acme.get(EVENTS + "?cursor=x").then().statusCode(400);
    }

    @Test
    void all_dead_events_are_replayed_at_once_and_others_left_alone() {
        var front = Front.of(acme, "vapi");
        var globex = Caller.adminOfNewOrg();
        for (int i = 0; i < 5; i++) {
            insert(front, "event-" + i, i < 3 ? "dead" : "done");
        }
        insert(Front.of(globex, "vapi"), "theirs", "dead");
        acme.post(EVENTS + "/replay", "")
                .then()
                .statusCode(200)
                .body("replayed", is(3))
                .body("more", is(false));
        acme.get(EVENTS + "?status=dead").then().body("items.size()", is(0)).body("nextCursor", nullValue());
        globex.get(EVENTS + "?status=dead").then().body("items.eventId", contains("theirs"));
        await().untilAsserted(() -> assertEquals(
                List.of(new JsonObject("{\"provider\": \"vapi\", \"replayed\": 3}")),
                AuditTrail.of(acme.orgId(), "replay").stream()
                        .map(event -> event.getJsonObject("newData"))
                        .toList()));
    }

    /** About no call, so that it is done as soon as it is tried. */
    private void insert(Front front, String name, String status) {
        Sql.superuser()
                .column(
                        ("insert into processed_webhook_events (org_id, id, endpoint_id, provider, event_id, type, body, status)"
                                        + " select org_id, uuid_v7(), id, provider, '%s', 'some-type', '{}', '%s' from webhook_endpoints"
                                        + " where id = '%s'")
                                .formatted(name, status, UUID.fromString(front.id())));
    }

    private List<String> paged(String filter) {
        var names = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var page = acme.get(EVENTS + "?limit=2&cursor=" + cursor + filter);
            page.then().statusCode(200);
            names.addAll(page.path("items.eventId"));
            cursor = page.path("nextCursor");
        }
        return names;
    }
}
