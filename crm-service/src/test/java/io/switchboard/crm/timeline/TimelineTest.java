package io.switchboard.crm.timeline;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TimelineTest {
    static final String CALLS = "/internal/calls";
    static final OffsetDateTime NOON = OffsetDateTime.parse("2026-06-01T12:00:00Z");
    final Caller acme = Caller.agentOfNewOrg();
    final List<JsonObject> calls = new ArrayList<>();
    String ada;

    @BeforeEach
    void createContact() {
        ada = acme.post("/api/contacts", Map.of("name", "Ada")).path("id");
    }

    @AfterEach
    void answerAsUsual() {
        PeerRequests.answerAsUsual(asked());
    }

    @Test
    void calls_and_notes_are_one_list_by_time() {
        note(NOON.minusMinutes(2), "asked for a quote");
        call(NOON.minusMinutes(1), "inbound").put("status", "ended").put("answered", false);
        call(NOON.minusMinutes(3), "outbound").put("summary", "wants solar");
        voiceAnswers();
        timeline("")
                .body("items.kind", contains("call", "note", "call"))
                .body("items.title", contains("Missed call", "Note", "Outgoing call"))
                .body("items[0].at", is("2026-06-01T11:59:00Z"))
                .body("items[0].id", is(calls.get(0).getString("id")))
                .body("items[1].data.content", is("asked for a quote"))
                .body("items[2].data.summary", is("wants solar"))
                .body("nextCursor", nullValue())
                .body("missing", empty());
    }

    @Test
    void appointments_stand_at_the_time_they_begin() {
        note(NOON, "asked for a quote");
        appointment(NOON.plusYears(3), "Roof", "pending", false);
        appointment(NOON.minusMinutes(1), "Survey", "cancelled", false);
        appointment(NOON.minusMinutes(2), "Call", "no_show", false);
        appointment(NOON.minusMinutes(3), "Deleted", "pending", true);
        voiceAnswers();
        timeline("")
                .body("items.kind", contains("appointment", "note", "appointment", "appointment"))
                .body("items.title", contains("Appointment", "Note", "Cancelled appointment", "Missed appointment"))
                .body("items[0].at", is("2029-06-01T12:00:00Z"))
                .body("items[0].data.serviceType", is("Roof"))
                .body("items[0].data.status", is("pending"))
                .body("items[0].data.durationMinutes", is(30));
        for (int limit : List.of(1, 2, 3)) {
            assertEquals(4, walk(limit).size());
        }
    }

    @Test
    void voice_is_asked_for_the_callers_organization() {
        call(NOON, "web");
        voiceAnswers();
        timeline("").body("items.title", contains("Web call"));
        var asked = PeerRequests.await(1, CALLS, any -> true);
        assertEquals("GET", asked.get(asked.size() - 1).getString("method"));
    }

    @Test
    void pages_have_everything_once() {
        fill(23, 17);
        voiceAnswers();
        List<String> whole = timeline("?limit=200").extract().path("items.id");
        assertEquals(40, whole.size());
        for (int limit : List.of(1, 2, 3, 7, 39, 40)) {
            assertEquals(whole, walk(limit), "pages of " + limit);
        }
        List<String> times = timeline("?limit=200").extract().path("items.at");
        assertEquals(
                times.stream()
                        .map(OffsetDateTime::parse)
                        .sorted(Comparator.reverseOrder())
                        .toList(),
                times.stream().map(OffsetDateTime::parse).toList());
    }

    @Test
    void what_is_written_meanwhile_does_not_disturb_the_pages() {
        fill(4, 0);
        voiceAnswers();
        var first = timeline("?limit=2").extract();
        note(NOON.plusDays(1), "a note after the first page");
        List<String> second = timeline("?limit=9&cursor=" + first.path("nextCursor"))
                .extract()
                .path("items.kind");
        assertEquals(List.of("call", "call"), second);
    }

    @Test
    void without_voice_service_the_notes_are_shown() {
        note(NOON, "still here");
        PeerRequests.answer(CALLS, 503, "", asked());
        timeline("").body("items.kind", contains("note")).body("missing", contains("calls"));
    }

    @Test
    void an_answer_that_comes_too_late_is_missing() {
        note(NOON, "still here");
        PeerRequests.answer(CALLS, 200, "{\"items\": []}", asked(), "delay", 2_500);
        timeline("").body("items.kind", contains("note")).body("missing", contains("calls"));
    }

    @Test
    void calls_that_were_missing_come_on_the_next_page() {
        fill(3, 6);
        PeerRequests.answer(CALLS, 500, "{}", asked());
        var first = timeline("?limit=2").body("missing", contains("calls")).extract();
        var seen = new ArrayList<>(first.<List<String>>path("items.id"));
        voiceAnswers();
        String cursor = first.path("nextCursor");
        while (cursor != null && seen.size() < 100) {
            var page = timeline("?limit=2&cursor=" + cursor)
                    .body("missing", empty())
                    .extract();
            seen.addAll(page.path("items.id"));
            cursor = page.path("nextCursor");
        }
        assertEquals(9, seen.size());
        assertEquals(9, new HashSet<>(seen).size());
    }

    @Test
    void odd_answers_count_as_none() {
        note(NOON, "still here");
        var odd = List.of(
                "",
                "<html>",
                "[]",
                "{}",
                "{\"items\": null}",
                "{\"items\": [7]}",
                "{\"items\": [{\"id\": \"7\", \"startedAt\": \"2026-06-01T12:00:00Z\"}]}",
                "{\"items\": [{\"id\": \"" + UUID.randomUUID() + "\", \"startedAt\": \"yesterday\"}]}",
                "{\"items\": [{\"id\": \"" + UUID.randomUUID() + "\"}]}",
                list(item(NOON.minusDays(1)), item(NOON)), // oldest first
                list(IntStream.range(0, 51)
                        .mapToObj(n -> item(NOON.minusMinutes(n)))
                        .toArray(JsonObject[]::new)));
        for (var body : odd) {
            PeerRequests.answer(CALLS, 200, body, asked());
            timeline("").body("items.kind", contains("note")).body("missing", contains("calls"));
        }
        PeerRequests.answer(CALLS, 404, "{}", asked());
        timeline("").body("missing", contains("calls"));
    }

    @Test
    void an_answer_of_five_megabytes_counts_as_none() {
        PeerRequests.answer(CALLS, 200, "{\"items\": []}", asked(), "padding", 5_000_000);
        timeline("").body("missing", contains("calls"));
    }

    @Test
    void an_unknown_contact_has_no_timeline() {
        acme.get("/api/contacts/" + UUID.randomUUID() + "/timeline")
                .then()
                .statusCode(404)
                .body("type", endsWith("contact_not_found"));
        Caller.agentOfNewOrg().get("/api/contacts/" + ada + "/timeline").then().statusCode(404);
    }

    @Test
    void a_cursor_is_of_one_contacts_timeline() {
        fill(0, 3);
        voiceAnswers();
        String cursor = timeline("?limit=1").extract().path("nextCursor");
        String bob = acme.post("/api/contacts", Map.of("name", "Bob")).path("id");
        for (var odd : List.of("/api/contacts/" + bob + "/timeline?cursor=" + cursor, path() + "?cursor=x")) {
            acme.get(odd).then().statusCode(400).body("type", endsWith("invalid_cursor"));
        }
        acme.get(path() + "?limit=0").then().statusCode(400).body("type", endsWith("invalid_limit"));
    }

    /** Some at the very same time. */
    private void fill(int callCount, int noteCount) {
        for (int n = 0; n < callCount; n++) {
            call(NOON.minusMinutes(n / 2), "inbound");
        }
        for (int n = 0; n < noteCount; n++) {
            note(NOON.minusMinutes(n / 3 * 2), "note " + n);
        }
    }

    private List<String> walk(int limit) {
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            var page = timeline("?limit=" + limit + "&cursor=" + cursor).extract();
            List<String> items = page.path("items.id");
            assertTrue(items.size() <= limit && !items.isEmpty());
            seen.addAll(items);
            cursor = page.path("nextCursor");
        } while (cursor != null && seen.size() < 100);
        return seen;
    }

    private JsonObject call(OffsetDateTime at, String direction) {
        var call = item(at).put("direction", direction);
        calls.add(call);
        return call;
    }

    private void voiceAnswers() {
        calls.sort(Comparator.comparing((JsonObject call) -> OffsetDateTime.parse(call.getString("startedAt")))
                .thenComparing(call -> call.getString("id"))
                .reversed());
        PeerRequests.answer(CALLS, 200, list(calls.toArray(JsonObject[]::new)), asked(), "paged", true);
    }

    private void note(OffsetDateTime at, String content) {
        Sql.superuser()
                .run("insert into contact_notes (org_id, contact_id, content, created_at) values ('" + acme.orgId()
                        + "', '" + ada + "', '" + content + "', '" + at + "')");
    }

    private void appointment(OffsetDateTime at, String service, String status, boolean isDeleted) {
        Sql.superuser()
                .run(
                        "insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, status, deleted_at)"
                                + " values ('" + acme.orgId() + "', '" + ada + "', '" + service + "', '" + at
                                + "', 30, '" + status + "', "
                                + (isDeleted ? "now()" : "null") + ")");
    }

    private ValidatableResponse timeline(String query) {
        return acme.get(path() + query).then().statusCode(200);
    }

    private String path() {
        return "/api/contacts/" + ada + "/timeline";
    }

    /** In voice-service's query. */
    private String asked() {
        return "contactId=" + ada;
    }

    private static JsonObject item(OffsetDateTime at) {
        return new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("startedAt", at.toString())
                .put("status", "ended");
    }

    private static String list(JsonObject... items) {
        return new JsonObject()
                .put("items", new JsonArray(List.of(items)))
                .put("nextCursor", null)
                .encode();
    }
}
